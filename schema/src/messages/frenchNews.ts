/** What follows a merge, and the issues that are kept open while something is wrong. */
export const frenchNews = {
  'Live since {at, time, minute} UTC': 'En service depuis {at, time, minute} UTC',
  'Written at {at, time, minute} UTC, and live about a minute later':
    'Écrit à {at, time, minute} UTC, et en service environ une minute après',
  '**{when}.** Nobody’s mail changes.': '**{when}.** Le courrier de chacun reste le même.',
  '**{when}:**': '**{when} :**',
  '**{when}:** {news}.': '**{when} :** {news}.',
  'mail to {address} goes back to its sender; it reached {gone}':
    'le courrier adressé à {address} revient à l’expéditeur ; il atteignait {gone}',
  'mail to {address} now reaches {come}': 'le courrier adressé à {address} atteint désormais {come}',
  'mail to {address} now also reaches {come}':
    'le courrier adressé à {address} atteint désormais aussi {come}',
  'mail to {address} no longer reaches {gone}': 'le courrier adressé à {address} n’atteint plus {gone}',
  'mail to {address} now reaches {come} instead of {gone}':
    'le courrier adressé à {address} atteint désormais {come} au lieu de {gone}',
  '{domain}: {why}': '{domain} : {why}',
  'These domains stay as they were, and nothing is lost: their mail goes where it went.':
    'Ces domaines restent tels quels, et rien n’est perdu : leur courrier va là où il allait.',
  'somebody corrects the files in another pull request; its merge brings the rest of this one too. {run} shows each mistake on its line.':
    'quelqu’un corrige les fichiers dans une autre demande (pull request) ; sa fusion apporte aussi le reste de celle-ci. {run} montre chaque erreur sur sa ligne.',
  'This needs a maintainer’s consent first:': 'L’accord d’un responsable est d’abord nécessaire :',
  'What would be written is not what was reviewed, so nothing was written.':
    'Ce qui serait écrit n’est pas ce qui a été relu ; rien n’a donc été écrit.',
  'Somebody changed the same addresses elsewhere at the same time.':
    'Quelqu’un a modifié les mêmes adresses ailleurs au même moment.',
  'A later sync has started since and took over.':
    'Une synchronisation plus récente a démarré depuis et a pris le relais.',
  'Everything is written, but the mail system has not taken it over yet.':
    'Tout est écrit, mais le système de courrier ne l’a pas encore repris.',
  'The mail system did not answer, or refused something.':
    'Le système de courrier n’a pas répondu, ou a refusé quelque chose.',
  'If this comment still says so in an hour, a maintainer starts the sync again on the page {page}.':
    'Si ce commentaire le dit encore dans une heure, un responsable relance la synchronisation sur la page {page}.',
  'A maintainer starts the sync again on the page {page}.':
    'Un responsable relance la synchronisation sur la page {page}.',
  'A maintainer who agrees sets {count, plural, one {the label} other {the labels}} {labels} on the pull request that brings this.':
    'Un responsable qui est d’accord pose {count, plural, one {l’étiquette} other {les étiquettes}} {labels} sur la demande (pull request) qui apporte cela.',
  'Then a maintainer starts the sync again on the page {page}.':
    'Puis un responsable relance la synchronisation sur la page {page}.',
  'A maintainer who agrees starts the sync again on the page {page}, with {codes} under *Reasons to allow*.':
    'Un responsable qui est d’accord relance la synchronisation sur la page {page}, avec {codes} sous *Reasons to allow*.',
  'Somebody corrects the files in another pull request: its merge brings this change too.':
    'Quelqu’un corrige les fichiers dans une autre demande (pull request) : sa fusion apporte aussi cette modification.',
  'The files have mistakes, and nothing was written.':
    'Les fichiers contiennent des erreurs, et rien n’a été écrit.',
  'The sync ended too early. {cause}': 'La synchronisation s’est arrêtée trop tôt. {cause}',
  '{run} says more; a maintainer starts the sync again on the page {page} once the cause is gone.':
    '{run} en dit plus ; un responsable relance la synchronisation sur la page {page} une fois la cause écartée.',
  'This repository does not say yet which role in AWS may change who gets mail.':
    'Ce dépôt n’indique pas encore quel rôle AWS peut modifier qui reçoit le courrier.',
  variables: 'les variables',
  'A maintainer sets the {variables} {names}, and then starts the sync on the page {page}.':
    'Un responsable définit {variables} {names}, puis lance la synchronisation sur la page {page}.',
  'You need not do anything more: once it is live, this comment says so.':
    'Vous n’avez rien d’autre à faire : dès que la modification est en service, ce commentaire le dit.',
  'GitHub has told whoever merged this.': 'GitHub a prévenu la personne qui a fusionné.',
  'Not live yet, and nothing is lost:': 'Pas encore en service, et rien n’est perdu :',
  'mail goes where it went before.': 'le courrier va là où il allait avant.',
  'The run': 'L’exécution',
  '{name} was changed outside the files': '{name} : modification faite en dehors des fichiers',
  '{name} is in the files, but not in use': '{name} : dans les fichiers, mais pas en service',
  '{name} is in use, but no longer in the files': '{name} : en service, mais plus dans les fichiers',
  '{name} works differently from what the files say':
    '{name} : en service autrement que ne le disent les fichiers',
  '{name} is in use, but was never in the files': '{name} : en service, mais jamais dans les fichiers',
  '**What it means:** for what is listed here, mail does not go where the files say.':
    '**Ce que cela signifie :** pour ce qui suit, le courrier ne va pas là où le disent les fichiers.',
  'Mail does not go where the files say': 'Le courrier ne va pas là où le disent les fichiers',
  'Mail goes where the files say again.': 'Le courrier va de nouveau là où le disent les fichiers.',
  'A sync was cut short on {day, date, long} at {day, time, minute} UTC: mail is delivered as before, and no change takes effect until a sync is finished. A maintainer starts it again on the page {page}.':
    'Une synchronisation a été interrompue le {day, date, long} à {day, time, minute} UTC : le courrier est distribué comme avant, et aucune modification ne prend effet tant qu’une synchronisation n’est pas terminée. Un responsable la relance sur la page {page}.',
  'What to do': 'Que faire',
  'First write into the files, in a pull request, what is in use and should stay.':
    'Écrivez d’abord dans les fichiers, par une demande (pull request), ce qui est en service et doit rester.',
  'Then a maintainer starts the sync on the page {page}: after that mail goes where the files say.':
    'Puis un responsable lance la synchronisation sur la page {page} : le courrier va ensuite là où le disent les fichiers.',
  'Then a maintainer starts the sync on the page {page}, with {code} under *Reasons to allow*: after that mail goes where the files say.':
    'Puis un responsable lance la synchronisation sur la page {page}, avec {code} sous *Reasons to allow* : le courrier va ensuite là où le disent les fichiers.',
  'Write into the files what was never there and should stay; a maintainer removes the rest on the page {page}, with *Remove what was never in the files*.':
    'Écrivez dans les fichiers ce qui n’y a jamais été et doit rester ; un responsable supprime le reste sur la page {page}, avec *Remove what was never in the files*.',
  '**What it means:** these people get no mail from us for now, because mail to their mailbox came back.':
    '**Ce que cela signifie :** ces personnes ne reçoivent pour l’instant aucun courrier de notre part, car du courrier destiné à leur boîte aux lettres est revenu.',
  'Ask each of them for a mailbox that works, and write it into the files in a pull request.':
    'Demandez à chacune une boîte aux lettres qui fonctionne, et inscrivez-la dans les fichiers par une demande (pull request).',
  'Where the mailbox works again, a maintainer unblocks it: {command}.':
    'Si la boîte aux lettres fonctionne de nouveau, un responsable lève le blocage : {command}.',
  'Some mailboxes get no mail, because mail to them came back':
    'Des boîtes aux lettres ne reçoivent rien, car du courrier est revenu',
  'Every mailbox gets mail again.': 'Toutes les boîtes aux lettres reçoivent de nouveau leur courrier.',
  'A maintainer sees which mailboxes they are: {command}.':
    'Un responsable voit de quelles boîtes aux lettres il s’agit : {command}.',
  'A mailbox is blocked to which no address leads any more.':
    'Une boîte aux lettres à laquelle plus aucune adresse ne mène est bloquée.',
  'It was unblocked on {day, date, long}, and mail to it came back again: it stays blocked.':
    'Le blocage a été levé le {day, date, long}, et du courrier est de nouveau revenu : elle reste bloquée.',
  'In charge: {owners}.': 'Responsable : {owners}.',
  'One mailbox behind {names} gets no mail until somebody unblocks it.':
    'Une boîte aux lettres derrière {names} ne reçoit rien jusqu’à la levée du blocage.',
  'One mailbox behind {names} gets no mail until {day, date, long}.':
    'Une boîte aux lettres derrière {names} ne reçoit rien jusqu’au {day, date, long}.',
  '{address}, from {day, date, long}': '{address}, à partir du {day, date, long}',
  '**What it means:** from the day that stands beside it, mail to each of these addresses goes back to its sender.':
    '**Ce que cela signifie :** à partir du jour indiqué, le courrier adressé à chacune de ces adresses revient à l’expéditeur.',
  'Where one should go on working, write a later day after `expires:` in its file, in a pull request; otherwise there is nothing to do.':
    'Si l’une d’elles doit continuer à fonctionner, inscrivez un jour plus tardif après `expires:` dans son fichier, par une demande (pull request) ; sinon, il n’y a rien à faire.',
  'Some addresses stop working soon': 'Des adresses cessent bientôt de fonctionner',
  'No address stops working soon.': 'Aucune adresse ne cesse bientôt de fonctionner.',
} as const;
