/** The comment on a pull request: what it changes, or what is wrong with it. */
export const frenchComments = {
  'What this change does': 'Ce que fait cette modification',
  'This change touches no alias: nobody gets other mail.':
    'Cette modification ne touche aucun alias : le courrier de chacun reste le même.',
  '{count, plural, one {# address reaches} other {# addresses reach}} other people':
    '{count, plural, one {# adresse atteint} other {# adresses atteignent}} d’autres personnes',
  '{count, plural, one {# address starts} other {# addresses start}} working':
    '{count, plural, one {# adresse commence} other {# adresses commencent}} à fonctionner',
  '{count, plural, one {# address stops} other {# addresses stop}} working':
    '{count, plural, one {# adresse cesse} other {# adresses cessent}} de fonctionner',
  '{count, plural, one {# address stops} other {# addresses stop}} working on {day, date, long}':
    '{count, plural, one {# adresse cesse} other {# adresses cessent}} de fonctionner le {day, date, long}',
  '{count, plural, one {# address reaches} other {# addresses reach}} fewer people from {day, date, long}':
    '{count, plural, one {# adresse atteint} other {# adresses atteignent}} moins de personnes à partir du {day, date, long}',
  'Nobody gets other mail.': 'Le courrier de chacun reste le même.',
  'Nobody gets other mail now.': 'Pour l’instant, le courrier de chacun reste le même.',
  'Mail to': 'Courrier adressé à',
  'until now': 'jusqu’ici',
  'from now on': 'désormais',
  why: 'pourquoi',
  nobody: 'personne',
  '{names}': '{names}',
  '{count, plural, one {# domain is} other {# domains are}} added':
    '{count, plural, one {# domaine est ajouté} other {# domaines sont ajoutés}}',
  '{count, plural, one {# domain leads} other {# domains lead}} to other addresses':
    '{count, plural, one {# domaine mène} other {# domaines mènent}} à d’autres adresses',
  '{count, plural, one {# domain is} other {# domains are}} given up':
    '{count, plural, one {# domaine est abandonné} other {# domaines sont abandonnés}}',
  'any other address': 'toute autre adresse',
  'any other address at {domain}': 'toute autre adresse de {domain}',
  '{name} ({count, plural, one {# person} other {# people}})':
    '{name} ({count, plural, one {# personne} other {# personnes}})',
  '{name} ({count, plural, one {# mailbox} other {# mailboxes}})':
    '{name} ({count, plural, one {# boîte aux lettres} other {# boîtes aux lettres}})',
  'The addresses at {domain} also work at {names}.':
    'Les adresses de {domain} fonctionnent aussi sous {names}.',
  'On {day, date, long} {names} {count, plural, one {stops} other {stop}} working.':
    'Le {day, date, long}, {names} {count, plural, one {cesse} other {cessent}} de fonctionner.',
  'From {day, date, long} mail to {names} no longer reaches {gone}.':
    'À partir du {day, date, long}, le courrier adressé à {names} n’atteint plus {gone}.',
  'its domain changes': 'son domaine change',
  '{names} {count, plural, one {changes} other {change}}':
    '{names} {count, plural, one {change} other {changent}}',
  'new': 'nouveau',
  'no longer': 'supprimé',
  'its line is new': 'sa ligne est nouvelle',
  'its line is new; until now {alias} took its mail':
    'sa ligne est nouvelle ; jusqu’ici, {alias} recevait son courrier',
  'its line is gone': 'sa ligne a disparu',
  'its line is gone, and {alias} takes its mail': 'sa ligne a disparu, et {alias} reçoit son courrier',
  'switched off': 'désactivée',
  'switched on': 'activée',
  'its last day is over': 'sa date d’expiration est passée',
  'it works for longer': 'elle fonctionne plus longtemps',
  'its destinations change': 'ses destinations changent',
  '{domain} is given up: mail to any address there reaches nobody.':
    '{domain} est abandonné : le courrier adressé à ce domaine n’atteint plus personne.',
  '{domain} is a new domain of this group.': '{domain} est un nouveau domaine de ce groupe.',
  '{domain} is no longer another name for {main}: it has addresses of its own.':
    '{domain} n’est plus un autre nom de {main} : ce domaine a ses propres adresses.',
  '{domain} becomes another name for {main} instead of {former}: mail to an address there goes where it goes at {main}.':
    '{domain} devient un autre nom de {main}, au lieu de {former} : le courrier adressé à ce domaine suit le même chemin que celui de {main}.',
  '{domain} has no addresses of its own any more and becomes another name for {main}: mail to an address there goes where it goes at {main}.':
    '{domain} n’a plus d’adresses à lui et devient un autre nom de {main} : le courrier adressé à ce domaine suit le même chemin que celui de {main}.',
  '{domain} becomes another name for {main}: mail to an address there goes where it goes at {main}.':
    '{domain} devient un autre nom de {main} : le courrier adressé à ce domaine suit le même chemin que celui de {main}.',
  'Mail to {domain} is checked more strictly: the filter becomes “strict”.':
    'Le courrier adressé à {domain} est contrôlé plus strictement : le filtre devient « strict ».',
  'Mail to {domain} is checked less strictly: the filter is no longer “strict”.':
    'Le courrier adressé à {domain} est contrôlé moins strictement : le filtre n’est plus « strict ».',
  'The filter for mail to {domain} changes.': 'Le filtre du courrier adressé à {domain} change.',
  '{address} is new and reaches nobody yet.': '{address} est nouvelle et n’atteint encore personne.',
  '{address} gets a line of its own; the same people as before get its mail.':
    '{address} a désormais sa propre ligne ; les mêmes personnes qu’avant reçoivent son courrier.',
  '{address} has no line of its own any more; the same people as before get its mail.':
    '{address} n’a plus sa propre ligne ; les mêmes personnes qu’avant reçoivent son courrier.',
  '{address} is removed; it reached nobody.': '{address} est supprimée ; elle n’atteignait personne.',
  '{address}: {count, plural, one {{fields} changes} other {{fields} change}}.':
    '{address} : {count, plural, one {{fields} change} other {{fields} changent}}.',
  'Until now {address} was to stop on {day, date, long}.':
    'Jusqu’ici, {address} devait cesser de fonctionner le {day, date, long}.',
  '{address} no longer stops on {day, date, long}.':
    '{address} ne cesse plus de fonctionner le {day, date, long}.',
  'the list of its destinations': 'la liste de ses destinations',
  'the switch “active”': 'le réglage « active »',
  'the type': 'le type',
  'the description': 'la description',
  'the owner': 'le responsable',
  'the field “{name}”': 'le champ « {name} »',
  '**This needs a maintainer’s consent:** {reason}':
    '**L’accord d’un responsable est nécessaire :** {reason}',
  'A maintainer has consented to this: {reason}': 'Un responsable a donné son accord : {reason}',
  'An earlier change is only half live, and no change takes effect until that is finished. Mail is delivered as before. A maintainer starts {page} again.':
    'Une modification précédente n’est appliquée qu’à moitié, et aucune ne prend effet tant qu’elle n’est pas terminée. Le courrier est distribué comme avant. Un responsable relance {page}.',
  'The rules of this group change:': 'Les règles de ce groupe changent :',
  '{more, plural, one {# more warning is} other {# more warnings are}} shown on their lines.':
    '{more, plural, one {# autre avertissement est affiché} other {# autres avertissements sont affichés}} sur leur ligne.',
  '{mailbox} gets no mail until somebody unblocks it, because mail to it came back.':
    '{mailbox} ne reçoit aucun courrier tant que personne ne lève le blocage, car du courrier lui étant destiné est revenu.',
  '{mailbox} gets no mail until {until, date, long}, because mail to it came back.':
    '{mailbox} ne reçoit aucun courrier jusqu’au {until, date, long}, car du courrier lui étant destiné est revenu.',
  'Next:': 'Et ensuite :',
  'a maintainer checks that this is intended, and then sets {count, plural, one {the label} other {the labels}} {labels} on this pull request; after that somebody else approves and merges it. About a minute after the merge it is live, and a comment here says so.':
    'un responsable vérifie que c’est bien voulu, puis pose {count, plural, one {l’étiquette} other {les étiquettes}} {labels} sur cette demande (pull request) ; une autre personne l’approuve alors et la fusionne. Environ une minute après, la modification est en service, et un commentaire le dit ici.',
  'a maintainer checks that this is intended, and then sets {count, plural, one {the label} other {the labels}} {labels} on this pull request; after that somebody else approves and merges it. Nobody’s mail changes then.':
    'un responsable vérifie que c’est bien voulu, puis pose {count, plural, one {l’étiquette} other {les étiquettes}} {labels} sur cette demande (pull request) ; une autre personne l’approuve alors et la fusionne. Le courrier de chacun reste alors le même.',
  'somebody else approves and merges this change. It goes live with the next sync that is finished, and a comment here says so.':
    'une autre personne approuve et fusionne cette modification. Elle entre en service avec la prochaine synchronisation terminée, et un commentaire le dit ici.',
  'somebody else approves and merges this change. Nobody’s mail changes then.':
    'une autre personne approuve et fusionne cette modification. Le courrier de chacun reste alors le même.',
  'somebody else approves and merges this change. About a minute after the merge it is live, and a comment here says so.':
    'une autre personne approuve et fusionne cette modification. Environ une minute après, elle est en service, et un commentaire le dit ici.',
  'It is not known what this change does': 'On ignore ce que fait cette modification',
  '{cause} {run} says more.': '{cause} {run} en dit plus.',
  'The error is {name}.': 'L’erreur est {name}.',
  'a maintainer looks into it. There is nothing that you have to do.':
    'un responsable s’en occupe. Vous n’avez rien à faire.',
  'For maintainers': 'Pour les responsables',
  '{more, plural, one {# more is} other {# more are}} not shown here; the log of the run has them all.':
    '{more, plural, one {# autre n’est pas affiché} other {# autres ne sont pas affichés}} ici ; le journal d’exécution les contient tous.',
  '{file}, line {line}': '{file}, ligne {line}',
  'This change cannot be used yet': 'Cette modification n’est pas encore utilisable',
  '{lines, plural, one {# line needs} other {# lines need}} your help.':
    '{lines, plural, one {# ligne a besoin} other {# lignes ont besoin}} de votre aide.',
  'open the file again with the pencil, on the same branch, correct it and save. This comment is then written anew within a minute.':
    'ouvrez de nouveau le fichier avec le crayon, sur la même branche, corrigez-le et enregistrez. Ce commentaire est alors réécrit en moins d’une minute.',
  '{place}: {text}': '{place} : {text}',
  '**Warning** in {place}: {text}': '**Avertissement** dans {place} : {text}',
  'See also {place}: {text}': 'Voir aussi {place} : {text}',
  'With *Commit suggestion* the correction is saved as it stands here.':
    'Avec *Commit suggestion*, la correction est enregistrée telle quelle.',
  'Delete this line.': 'Supprimez cette ligne.',
  '{count, plural, one {The line as it should be} other {The lines as they should be}}:':
    '{count, plural, one {La ligne telle qu’elle devrait être} other {Les lignes telles qu’elles devraient être}} :',
} as const;
