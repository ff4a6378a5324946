/** Why a plan may be a mistake, what changes in the rules, and why a domain is left as it is. */
export const frenchReasons = {
  '{reason} It comes with {pulls}.': '{reason} Cela vient de {pulls}.',
  '#{number}': 'nº {number}',
  '{reason} Not allowed so far: {names}.': '{reason} Pas encore autorisé : {names}.',
  '{more} more': '{more} de plus',
  '{clauses}.': '{clauses}.',
  '{before}; {clause}': '{before} ; {clause}',
  '{first} {second}': '{first} {second}',

  '{touched} of {total} addresses of {domain} would reach nobody (the limit is {limit})':
    '{touched} adresses de {domain} sur {total} n’atteindraient plus personne (la limite est de {limit})',
  '{touched} of {total} addresses in all would reach nobody (the limit is {limit})':
    '{touched} adresses sur {total} en tout n’atteindraient plus personne (la limite est de {limit})',
  '{touched} of {total} addresses of {domain} would lose all their former recipients (the limit is {limit})':
    '{touched} adresses de {domain} sur {total} perdraient tous leurs destinataires actuels (la limite est de {limit})',
  '{touched} of {total} addresses in all would lose all their former recipients (the limit is {limit})':
    '{touched} adresses sur {total} en tout perdraient tous leurs destinataires actuels (la limite est de {limit})',
  '{touched} of {total} addresses of {domain} would get a new reader, {mailbox} (the limit is {limit})':
    '{touched} adresses de {domain} sur {total} auraient un nouveau lecteur, {mailbox} (la limite est de {limit})',
  '{touched} of {total} addresses in all would get a new reader, {mailbox} (the limit is {limit})':
    '{touched} adresses sur {total} en tout auraient un nouveau lecteur, {mailbox} (la limite est de {limit})',

  'Who gets mail to {names} would change, and {count, plural, one {this address is} other {these addresses are}} protected.':
    'Les destinataires de {names} changeraient, alors que {count, plural, one {cette adresse est protégée} other {ces adresses sont protégées}}.',
  '{names} would be given up: mail to any address there would reach nobody.':
    '{names} : abandon prévu ; le courrier adressé à ce domaine n’atteindrait plus personne.',
  '{names} would be added, and {count, plural, one {is} other {are}} not among the domains that _policy.yml lists.':
    '{names} : {count, plural, one {ce domaine serait ajouté, mais n’est pas} other {ces domaines seraient ajoutés, mais ne sont pas}} dans la liste de _policy.yml.',
  '{names} would become {count, plural, one {a domain of this group, and is} other {domains of this group, and are}} where people have their mailboxes.':
    '{names} : {count, plural, one {ce domaine deviendrait un domaine} other {ces domaines deviendraient des domaines}} de ce groupe, alors que des personnes y ont leur boîte aux lettres.',
  '{names} {count, plural, one {was} other {were}} edited outside the files, and that would be undone.':
    '{count, plural, one {{names} a été modifié} other {{names} ont été modifiés}} en dehors des fichiers, et cela serait annulé.',
  '{names} {count, plural, one {was} other {were}} deleted outside the files, and would get mail again.':
    '{names} : {count, plural, one {cette adresse a été supprimée} other {ces adresses ont été supprimées}} en dehors des fichiers, et {count, plural, one {elle recevrait} other {elles recevraient}} de nouveau du courrier.',
  '{names} {count, plural, one {is} other {are}} not in use today, in a domain that is only being taken over: {count, plural, one {it} other {they}} may have been deleted since the files were written.':
    '{names} : {count, plural, one {cette adresse n’est pas} other {ces adresses ne sont pas}} en service aujourd’hui, dans un domaine qui n’est repris que maintenant ; {count, plural, one {elle a peut-être été supprimée} other {elles ont peut-être été supprimées}} depuis que les fichiers ont été écrits.',
  'A later version of the files is live, and this one does not come after it: what was merged since would be undone.':
    'Une version plus récente des fichiers est en service, et celle-ci ne la suit pas : ce qui a été fusionné depuis serait annulé.',
  '{names} {count, plural, one {has} other {have}} changes that were not committed.':
    '{names} : {count, plural, one {ce fichier contient} other {ces fichiers contiennent}} des modifications non enregistrées dans un commit.',

  'The rules in _policy.yml would become looser: {changes}.':
    'Les règles de _policy.yml seraient assouplies : {changes}.',
  'comments are written in {language}': 'les commentaires sont rédigés en {language}',
  French: 'français',
  English: 'anglais',
  '{alias} is no longer protected': '{alias} n’est plus protégée',
  '{alias} must reach at least {after, plural, one {# mailbox} other {# mailboxes}}':
    '{alias} doit atteindre au moins {after, plural, one {# boîte aux lettres} other {# boîtes aux lettres}}',
  '{alias} must reach at least {after, plural, one {# mailbox} other {# mailboxes}} instead of {before}':
    '{alias} doit atteindre au moins {after, plural, one {# boîte aux lettres} other {# boîtes aux lettres}} au lieu de {before}',
  'destinations may be at any domain': 'les destinations peuvent être dans n’importe quel domaine',
  'destinations may be at {domains} alone': 'les destinations ne peuvent être que dans {domains}',
  'destinations may be at no other domain': 'les destinations ne peuvent être dans aucun autre domaine',
  'destinations may be at {domain}': 'les destinations peuvent être dans {domain}',
  'destinations may no longer be at {domain}': 'les destinations ne peuvent plus être dans {domain}',
  'this group may manage any domain': 'ce groupe peut gérer n’importe quel domaine',
  'this group may manage {domains} alone': 'ce groupe ne peut gérer que {domains}',
  'this group may manage no domain': 'ce groupe ne peut gérer aucun domaine',
  'this group may manage {domain}': 'ce groupe peut gérer {domain}',
  'this group may no longer manage {domain}': 'ce groupe ne peut plus gérer {domain}',
  'as many as {newCount} addresses, or {newShare, number} % of them, may stop working at once, instead of {oldCount} or {oldShare, number} %':
    'jusqu’à {newCount} adresses, ou {newShare, number} % d’entre elles, peuvent cesser de fonctionner à la fois, au lieu de {oldCount} ou {oldShare, number} %',
  'as many as {newCount} addresses, or {newShare, number} % of them, may get other readers at once, instead of {oldCount} or {oldShare, number} %':
    'jusqu’à {newCount} adresses, ou {newShare, number} % d’entre elles, peuvent changer de lecteurs à la fois, au lieu de {oldCount} ou {oldShare, number} %',

  'The label {label} does not count: {why}.': 'L’étiquette {label} ne compte pas : {why}.',
  '#{number}: {sentence}': 'nº {number} : {sentence}',
  'there is no reason of that name': 'il n’existe pas de motif de ce nom',
  'no pull request brings an older commit back, only a run of the sync':
    'aucune demande (pull request) ne rétablit un commit plus ancien, seule une synchronisation le peut',
  'GitHub does not say who set it on this version of the change':
    'GitHub n’indique pas qui l’a posée sur cette version de la modification',
  'GitHub does not say when the last commit arrived':
    'GitHub n’indique pas quand le dernier commit est arrivé',
  'it was set before the last commit arrived. Take it off, and set it again':
    'elle a été posée avant l’arrivée du dernier commit. Retirez-la, puis posez-la de nouveau',
  'whoever set it does not maintain this repository':
    'la personne qui l’a posée n’est pas responsable de ce dépôt',

  '{file} has {count, plural, one {an error} other {# errors}}':
    '{file} contient {count, plural, one {une erreur} other {# erreurs}}',
  'it is an alias domain of {main}': 'c’est un autre nom de {main}',
  '{domain} is an alias domain of it': '{domain} en est un autre nom',
  '{address} refers to {domain}': '{address} renvoie à {domain}',
  '{address}, which keeps its destinations, refers to {destination}':
    '{address}, qui garde ses destinations, renvoie à {destination}',
} as const;
