/** The diagnostics of alias files. */
export const frenchDiagnostics = {
  // Addresses.
  'it has no `@`': 'il manque le `@`',
  'there is nothing before the `@`': 'il n’y a rien avant le `@`',
  'quoted names are not supported': 'les noms entre guillemets ne sont pas acceptés',
  'the part before the `@` is longer than {limit} characters':
    'la partie avant le `@` dépasse {limit} caractères',
  'it starts with a dot': 'un point se trouve au début',
  'the part before the `@` ends with a dot': 'la partie avant le `@` se termine par un point',
  'it has two dots in a row': 'deux points se suivent sans rien entre eux',
  'character {place}, {character}, is not allowed in an address':
    'le caractère n° {place}, {character}, n’a pas sa place dans une adresse',
  '{character} is not allowed in an address': '{character} n’a pas sa place dans une adresse',
  'there is nothing after the `@`': 'il n’y a rien après le `@`',
  'the domain ends with a dot': 'le domaine se termine par un point',
  'the domain `{domain}` has no dot': 'le domaine `{domain}` ne comporte pas de point',
  'the domain has two dots in a row, or starts with one':
    'le domaine comporte deux points de suite, ou commence par un point',
  'the domain ends with a number': 'le domaine se termine par un nombre',
  'the domain is longer than {limit} characters': 'le domaine dépasse {limit} caractères',
  'the part `{label}` of the domain starts or ends with a hyphen':
    'la partie `{label}` du domaine commence ou se termine par un trait d’union',
  'the part `{label}` of the domain is not a valid internationalized name':
    'la partie `{label}` du domaine n’est pas un nom internationalisé correct',
  'a part of the domain is longer than {limit} characters':
    'une partie du domaine dépasse {limit} caractères',
  '{character} is not allowed in a domain': '{character} n’a pas sa place dans un domaine',
  'a space': 'un espace',
  'a tab': 'une tabulation',
  'a line break': 'un saut de ligne',
  'a carriage return': 'un retour chariot',
  'a NUL character': 'un caractère NUL',
  'a no-break space (U+00A0)': 'un espace insécable (U+00A0)',
  'a soft hyphen (U+00AD)': 'un trait d’union conditionnel (U+00AD)',
  'a zero-width space (U+200B)': 'un espace sans chasse (U+200B)',
  'a zero-width non-joiner (U+200C)': 'un antiliant sans chasse (U+200C)',
  'a zero-width joiner (U+200D)': 'un liant sans chasse (U+200D)',
  'a word joiner (U+2060)': 'un gluon de mots (U+2060)',
  'a byte-order mark (U+FEFF)': 'un indicateur d’ordre des octets (U+FEFF)',
  'an ideographic space (U+3000)': 'un espace idéographique (U+3000)',
  'the full-width character `{character}` (U+{hex})': 'le caractère pleine chasse `{character}` (U+{hex})',
  'the character U+{hex}': 'le caractère U+{hex}',
  '`{character}`': '`{character}`',
  '`{character}` (U+{hex})': '`{character}` (U+{hex})',
  'the Cyrillic letter `{character}` (U+{hex})': 'la lettre cyrillique `{character}` (U+{hex})',
  'the Greek letter `{character}` (U+{hex})': 'la lettre grecque `{character}` (U+{hex})',
  'the Armenian letter `{character}` (U+{hex})': 'la lettre arménienne `{character}` (U+{hex})',

  // YAML.
  'This line is not indented like the lines that it belongs with.':
    'Le retrait de cette ligne n’est pas le même que celui des lignes auxquelles elle se rattache.',
  'indent it with as many spaces as its neighbours of the same kind':
    'mettez au début autant d’espaces que dans les lignes voisines du même genre',
  'A colon, a quotation mark or a bracket is missing here.':
    'Il manque ici un deux-points, un guillemet ou un crochet.',
  'check that every `[` has its `]`, and that every quotation mark is closed':
    'vérifiez que chaque `[` a son `]` et que chaque guillemet est fermé',
  'There is nothing before this @.': 'Il n’y a rien avant ce @.',
  'write a full address, such as `jane@gmail.com`; write an owner without the @':
    'écrivez une adresse complète, par exemple `jane@gmail.com` ; pour un responsable, écrivez son nom sans le @',
  'A text that starts with a backtick must be in quotes.':
    'Un texte qui commence par un accent grave doit être entre guillemets.',
  'A text that starts with `{sign}` must be in quotes.':
    'Un texte qui commence par `{sign}` doit être entre guillemets.',
  'quote the text': 'mettez le texte entre guillemets droits : "…"',
  'A backslash between double quotes starts an escape sequence, and this one does not exist.':
    'Entre guillemets, une barre oblique inverse annonce un caractère spécial, et celui-ci n’existe pas.',
  'use single quotes, or write two backslashes':
    'employez des apostrophes droites au lieu des guillemets, ou doublez la barre oblique inverse',
  'There cannot be lines with a dash or a colon between brackets.':
    'Entre crochets, il ne peut pas y avoir de lignes avec un tiret ou un deux-points.',
  'separate the entries with commas': 'séparez les éléments par des virgules',
  'This name is longer than 1,024 characters.': 'Ce nom dépasse 1 024 caractères.',
  'This is not YAML: {reason}.': 'Ce texte n’est pas du YAML : {reason}.',
  'There must be no dash here, because the lines around it are names with a colon.':
    'Il ne faut pas de tiret ici, car les lignes voisines sont des noms suivis d’un deux-points.',
  'This line has two colons followed by a space, so it is unclear where the text starts.':
    'Cette ligne comporte deux fois un deux-points suivi d’un espace : impossible de savoir où commence le texte.',
  'quote the text: `{text}`': 'mettez le texte entre guillemets : `{text}`',
  'The line below this one is indented further, so it is unclear what it belongs to.':
    'La ligne suivante est plus en retrait que celle-ci : impossible de savoir à quoi elle se rattache.',
  'indent both lines with the same number of spaces':
    'mettez le même nombre d’espaces au début des deux lignes',
  'This line marks a conflict between two changes of the file.':
    'Cette ligne signale un conflit entre deux modifications du fichier.',
  'keep one of the two versions, and delete the lines that start with `<<<<<<<`, `=======` and `>>>>>>>`':
    'gardez l’une des deux versions et supprimez les lignes qui commencent par `<<<<<<<`, `=======` et `>>>>>>>`',
  'The space after the dash is missing.': 'Il manque l’espace après le tiret.',
  'The space after `{name}:` is missing.': 'Il manque l’espace après `{name}:`.',
  'There must be a colon after `{name}`, and its destinations on a line of their own.':
    'Il faut un deux-points après `{name}`, et ses destinations doivent figurer sur une ligne à part.',
  'write `{name}:`, and on the next line, indented by two more spaces, `destinations: [{destinations}]`':
    'écrivez `{name}:` puis, à la ligne suivante, avec deux espaces de retrait en plus, `destinations: [{destinations}]`',
  'There must be a colon after `{name}`.': 'Il faut un deux-points après `{name}`.',
  '`{text}` is not followed by a colon, so it is neither a name nor a value.':
    '`{text}` n’est pas suivi d’un deux-points : ce n’est donc ni un nom ni une valeur.',
  'This line has no colon, but the lines around it do.':
    'Cette ligne n’a pas de deux-points, alors que les lignes voisines en ont un.',
  'if it is a comment, start it with `#`; otherwise, with a name, a colon and a space':
    'si c’est un commentaire, commencez-la par `#` ; sinon, par un nom, un deux-points et un espace',
  'These are names with addresses, as a mail program copies them.':
    'Ce sont des noms accompagnés d’adresses, comme un logiciel de messagerie les copie.',
  'write only the addresses: `[{addresses}]`': 'n’écrivez que les adresses : `[{addresses}]`',
  '`{name}` takes one list, and there are several here.':
    '`{name}` attend une seule liste, et il y en a plusieurs ici.',
  'There is nothing before this comma.': 'Il n’y a rien avant cette virgule.',
  'delete the comma': 'supprimez la virgule',
  'A list with dashes must start on its own line.':
    'Une liste à tirets doit commencer sur une nouvelle ligne.',
  'put each `- …` on its own line below, indented by two more spaces':
    'mettez chaque `- …` sur sa propre ligne, en dessous, avec deux espaces de retrait en plus',
  '`{sign}` closes a bracket that was never opened.': '`{sign}` ferme un crochet qui n’a pas été ouvert.',
  'delete it, or add the opening bracket': 'supprimez ce signe, ou ajoutez le crochet ouvrant',
  '`{sign}` does not belong here, because the text before it has already ended.':
    '`{sign}` n’a pas sa place ici, car le texte qui précède est déjà terminé.',
  'if it is a comment, put a `#` before it: `{comment}`; otherwise delete it, or quote the whole text':
    'si c’est un commentaire, faites-le précéder d’un `#` : `{comment}` ; sinon, supprimez-le ou mettez tout le texte entre guillemets',
  'write `{text}`': 'écrivez `{text}`',
  'This file is saved as {encoding}, but alias files must be UTF-8.':
    'Ce fichier est enregistré en {encoding}, alors que les fichiers d’alias doivent être en UTF-8.',
  'save the file as UTF-8, or copy its text into a new file on github.com':
    'enregistrez le fichier en UTF-8, ou copiez son texte dans un nouveau fichier sur github.com',
  'This character is not valid UTF-8 (byte 0x{hex}).':
    'Ce caractère n’est pas de l’UTF-8 correct (octet 0x{hex}).',
  'retype the character; if there are more of them, {resave}':
    'retapez le caractère ; s’il y en a d’autres, {resave}',
  'There is a character here that cannot be seen ({character}); alias files must not contain any.':
    'Il y a ici un caractère invisible ({character}) ; les fichiers d’alias ne doivent pas en contenir.',
  'delete the character, or delete the line and retype it':
    'supprimez le caractère, ou supprimez la ligne et retapez-la',
  'A second YAML document starts here, but a file describes one domain in one document.':
    'Un deuxième document YAML commence ici, alors qu’un fichier décrit un seul domaine, en un seul document.',
  'delete the line `---` or `...`, or move what follows it to another file':
    'supprimez la ligne `---` ou `...`, ou déplacez la suite dans un autre fichier',
  '`{text}` is a YAML anchor, which alias files do not allow: each alias says in full who gets its mail.':
    '`{text}` est une ancre YAML, ce que les fichiers d’alias n’admettent pas : chaque alias indique en toutes lettres qui reçoit son courrier.',
  'delete `{text}`, or quote it if it is meant literally: "{text}"':
    'supprimez `{text}`, ou mettez-le entre guillemets s’il faut le prendre à la lettre : "{text}"',
  'The catch-all `*` must be in quotes, because a bare `*` has another meaning in YAML.':
    'L’adresse attrape-tout `*` doit être entre guillemets, car un `*` seul a un autre sens en YAML.',
  'write "*"': 'écrivez "*"',
  'write "*":': 'écrivez "*":',
  '`{text}` refers to a YAML anchor, which alias files do not allow: each alias says in full who gets its mail.':
    '`{text}` renvoie à une ancre YAML, ce que les fichiers d’alias n’admettent pas : chaque alias indique en toutes lettres qui reçoit son courrier.',
  'write it out in full, or quote it if it is meant literally: "{text}"':
    'écrivez le contenu en entier, ou mettez-le entre guillemets s’il faut le prendre à la lettre : "{text}"',
  '`{text}` is a YAML tag, which alias files do not allow: everything in them is plain text.':
    '`{text}` est une étiquette YAML, ce que les fichiers d’alias n’admettent pas : tout y est du simple texte.',
  '`<<` is a YAML merge key, which alias files do not allow: each alias says in full who gets its mail.':
    '`<<` est une clé de fusion YAML, ce que les fichiers d’alias n’admettent pas : chaque alias indique en toutes lettres qui reçoit son courrier.',
  'write it out in full': 'écrivez le contenu en entier',
  '`{text}` is a YAML directive, which alias files do not allow.':
    '`{text}` est une directive YAML, ce que les fichiers d’alias n’admettent pas.',
  'delete the line': 'supprimez la ligne',
  'This line is indented with a tab, but YAML indents with spaces only.':
    'Le retrait de cette ligne est fait d’une tabulation, alors que YAML n’admet que des espaces.',
  'replace the tab with two spaces for each level':
    'remplacez la tabulation par deux espaces pour chaque niveau',
  'The quotation mark {quote} that opens here is never closed.':
    'Le guillemet {quote} ouvert ici n’est jamais fermé.',
  'put {quote} at the end of the text, or omit the quotation marks':
    'mettez {quote} à la fin du texte, ou omettez les guillemets',
  'This list starts with `{opening}`, but is never closed with `{closing}`.':
    'Cette liste commence par `{opening}`, mais n’est jamais fermée par `{closing}`.',
  'This map starts with `{opening}`, but is never closed with `{closing}`.':
    'Ce groupe commence par `{opening}`, mais n’est jamais fermé par `{closing}`.',
  'put `{closing}` before the `#`, which starts a comment':
    'mettez `{closing}` avant le `#`, qui annonce un commentaire',
  'put `{closing}` at the end of the list': 'mettez `{closing}` à la fin de la liste',
  'put `{closing}` at the end of the map': 'mettez `{closing}` à la fin du groupe',
  'This is nested too deeply; an alias file has four levels.':
    'Il y a ici trop de niveaux imbriqués ; un fichier d’alias en a quatre.',
  'look for unclosed brackets, or for extra spaces at the start of the line':
    'cherchez des crochets non fermés, ou des espaces en trop au début de la ligne',
  'There are more than a hundred punctuation marks or quoted texts in a row, up to this `{sign}`.':
    'Plus de cent signes de ponctuation ou textes entre guillemets se suivent, jusqu’à ce `{sign}`.',
  'delete the ones that do not belong here': 'supprimez ceux qui n’ont rien à faire ici',
  'delete the sequence that starts with a backslash':
    'supprimez la suite de caractères qui commence par une barre oblique inverse',
  'This quoted text contains a character that cannot be seen; alias files must not contain any.':
    'Ce texte entre guillemets contient un caractère invisible ; les fichiers d’alias ne doivent pas en contenir.',
  'There must be a single name before the colon.': 'Il faut un nom, et un seul, avant le deux-points.',
  'write a name before the colon': 'écrivez un nom avant le deux-points',
  'move it to an outer level': 'déplacez-le à un niveau supérieur',

  // Fields and their values.
  'This file has no `{field}`.': 'Il manque `{field}` dans ce fichier.',
  '`{name}` has no `{field}`.': 'Il manque `{field}` à `{name}`.',
  'add a line, such as `{line}`': 'ajoutez une ligne, par exemple `{line}`',
  'add a line below it, such as `{line}`': 'ajoutez une ligne en dessous, par exemple `{line}`',
  '`{name}` is defined twice.': '`{name}` est défini deux fois.',
  'delete one of the two': 'supprimez l’un des deux',
  'the first is here': 'la première mention est ici',
  'Unknown field `{name}`. Allowed here: {fields}.': 'Champ inconnu : `{name}`. Champs admis ici : {fields}.',
  'did you mean `{meant}`?': 'vouliez-vous dire `{meant}` ?',
  'it contains spaces that are not ordinary ones; delete and retype them':
    'il contient des espaces qui ne sont pas ordinaires ; supprimez-les et retapez-les',
  'if `{name}` is another alias, indent it with exactly two spaces':
    'si `{name}` est un autre alias, mettez exactement deux espaces au début de sa ligne',
  'if it is a comment, start the line with `#`': 'si c’est un commentaire, commencez la ligne par `#`',
  'put an alias below `aliases:`, indented by two spaces':
    'mettez les alias sous `aliases:`, avec deux espaces de retrait',
  '{subject} must be {wanted}, {instead}.': '{subject} doit être {wanted}, {instead}.',
  'a group of fields': 'un groupe de champs',
  'a list': 'une liste',
  text: 'un texte',
  '`true` or `false`': '`true` ou `false`',
  'a whole number': 'un nombre entier',
  'a number': 'un nombre',
  'write only the addresses, in square brackets: `[{addresses}]`':
    'n’écrivez que les adresses, entre crochets : `[{addresses}]`',
  'put a space after each dash: `- {entry}`': 'mettez un espace après chaque tiret : `- {entry}`',
  'write `{value}`, without quotes': 'écrivez `{value}`, sans guillemets',
  'write `true` if the alias receives mail, `false` if it does not':
    'écrivez `true` si l’alias reçoit du courrier, `false` sinon',
  'put the list after `destinations:` on its own line, indented by two more spaces':
    'mettez la liste après `destinations:`, sur une ligne à part, avec deux espaces de retrait en plus',
  'put `[{list}]` after `destinations:` on its own line, indented by two more spaces':
    'mettez `[{list}]` après `destinations:`, sur une ligne à part, avec deux espaces de retrait en plus',
  'for example: `{example}`': 'par exemple : `{example}`',
  'put it in square brackets: `[{list}]`': 'mettez la valeur entre crochets : `[{list}]`',
  'if `{field}` belongs to the alias above it, indent it by two more spaces':
    'si `{field}` fait partie de l’alias qui précède, ajoutez deux espaces de retrait',
  'put `destinations: [jane@gmail.com]` below it, indented by two more spaces':
    'mettez en dessous `destinations: [jane@gmail.com]`, avec deux espaces de retrait en plus',
  'write a colon and a space after `{field}`: `{field}: {rest}`':
    'écrivez un deux-points et un espace après `{field}` : `{field}: {rest}`',
  '{subject} must be at least {limit}, {instead}.': '{subject} doit être au moins {limit}, {instead}.',
  '{subject} must be more than {limit}, {instead}.': '{subject} doit être supérieur à {limit}, {instead}.',
  '{subject} must look like `{example}`, {instead}.':
    '{subject} doit être de la forme `{example}`, {instead}.',
  '{subject} must have at most {limit} characters, {instead}.':
    '{subject} doit avoir au plus {limit} caractères, {instead}.',
  '{subject} must have at most {limit} entries, {instead}.':
    '{subject} doit avoir au plus {limit} éléments, {instead}.',
  '{subject} must not have an entry twice, {instead}.':
    '{subject} ne doit pas contenir deux fois le même élément, {instead}.',
  '{subject} must be at most {limit}, {instead}.': '{subject} doit être au plus {limit}, {instead}.',
  'This file': 'Ce fichier',
  'An entry of `{name}`': 'Un élément de `{name}`',
  '`{name}`': '`{name}`',
  'but it is empty': 'mais il n’y a rien',
  'not {value}': 'et non {value}',

  // Files.
  '`{path}` is named like an alias file, but it is a folder.':
    '`{path}` porte le nom d’un fichier d’alias, mais c’est un dossier.',
  'move its contents up one folder, or rename it':
    'déplacez son contenu dans le dossier supérieur, ou renommez-le',
  '`{path}` is a link to something else, which could change without a review of this file.':
    '`{path}` est un lien vers autre chose, qui pourrait changer sans que ce fichier soit relu.',
  'replace the link with the file itself': 'remplacez le lien par le fichier lui-même',
  'This file is too large: {size, number} KB, and the limit is {limit, number} KB.':
    'Ce fichier est trop volumineux : {size, number} Ko, pour un maximum de {limit, number} Ko.',
  'remove what does not belong in it': 'supprimez ce qui n’a rien à y faire',
  'This file is empty.': 'Ce fichier est vide.',
  'delete it if no aliases are shared; otherwise write `aliases:`':
    'supprimez-le si aucun alias n’est commun aux domaines ; sinon, écrivez `aliases:`',
  'delete it if the domain should get no mail; otherwise write `domain:` and `aliases:`':
    'supprimez-le si le domaine ne doit recevoir aucun courrier ; sinon, écrivez `domain:` et `aliases:`',
  'delete it if {domain} should get no mail; otherwise write `domain:` and `aliases:`':
    'supprimez-le si {domain} ne doit recevoir aucun courrier ; sinon, écrivez `domain:` et `aliases:`',
  'This file must consist of lines that begin with a name and a colon.':
    'Ce fichier doit se composer de lignes qui commencent par un nom et un deux-points.',
  'start it with a line such as `{line}`': 'commencez-le par une ligne telle que `{line}`',
  'This file must consist of settings, each a name, a colon and a value.':
    'Ce fichier doit se composer de réglages : un nom, un deux-points et une valeur.',
  '`{folder}` contains no domain file.': '`{folder}` ne contient aucun fichier de domaine.',
  'check the path of the folder, or add a file such as `example.com.yml`':
    'vérifiez le chemin du dossier, ou ajoutez un fichier tel que `example.com.yml`',
  '`{name}` is not read, because it is in a subfolder.':
    '`{name}` n’est pas lu, car il se trouve dans un sous-dossier.',
  '`{name}` is not read, because its name does not end in `.yml`.':
    '`{name}` n’est pas lu, car son nom ne se termine pas par `.yml`.',
  'delete it, since there is a `{name}` already': 'supprimez-le, puisqu’il y a déjà un fichier `{name}`',
  'move it to `{path}`, or delete it': 'déplacez-le vers `{path}`, ou supprimez-le',
  'rename it to `{name}`, or delete it': 'renommez-le en `{name}`, ou supprimez-le',
  '`{name}` is not a file that aliasops knows: only `_shared.yml` and `_policy.yml` start with an underscore.':
    'aliasops ne connaît pas le fichier `{name}` : seuls `_shared.yml` et `_policy.yml` commencent par un tiret bas.',
  'rename it to one of them, or delete it': 'donnez-lui l’un de ces deux noms, ou supprimez-le',
  'This file is named `{name}`, but the part before `.yml` is not a domain.':
    'Ce fichier s’appelle `{name}`, mais ce qui précède `.yml` n’est pas un domaine.',
  'name it after its domain, as in `example.com.yml`':
    'donnez-lui le nom de son domaine, par exemple `example.com.yml`',
  'This file is named `{name}`, but must be named `{proper}`.':
    'Ce fichier s’appelle `{name}`, mais doit s’appeler `{proper}`.',
  'rename it to `{name}`': 'renommez-le en `{name}`',

  // Domains.
  '`{text}` is not a valid domain: {fault}.': '`{text}` n’est pas un domaine correct : {fault}.',
  'write only the part after the @: `{domain}`': 'n’écrivez que la partie après le @ : `{domain}`',
  'This file is named `{file}`, but its domain is `{domain}`.':
    'Ce fichier s’appelle `{file}`, mais son domaine est `{domain}`.',
  'write `domain: {named}`, or rename the file to `{domain}.yml`':
    'écrivez `domain: {named}`, ou renommez le fichier en `{domain}.yml`',
  '`{domain}` already has a file: `{file}`.': '`{domain}` a déjà un fichier : `{file}`.',
  'move its aliases into that file and delete this one':
    'déplacez ses alias dans ce fichier-là et supprimez celui-ci',
  '`{name}` is the domain of this file, so it cannot also be one of its alias domains.':
    '`{name}` est le domaine de ce fichier et ne peut donc pas être aussi l’un de ses domaines alias.',
  '`{name}` has its own file, `{file}`, so it cannot be an alias domain of `{by}`.':
    '`{name}` a son propre fichier, `{file}`, et ne peut donc pas être un domaine alias de `{by}`.',
  'delete it here': 'supprimez-le ici',
  'delete it here, or delete that file': 'supprimez-le ici, ou supprimez ce fichier-là',
  'its own file is this one': 'voici son propre fichier',
  '`{name}` is already an alias domain of `{by}`.': '`{name}` est déjà un domaine alias de `{by}`.',
  'Character {place} of `{text}` is {character}, so it is not the domain that it looks like.':
    'Le caractère n° {place} de `{text}` est {character} : ce n’est donc pas le domaine que l’on croit lire.',
  'retype it on your own keyboard; if it is intended, write `{meaning}`':
    'retapez-le avec votre propre clavier ; si c’est voulu, écrivez `{meaning}`',
  '`{text}` is at {domain}, which looks like {original} and is another domain; its mail may go to a stranger.':
    'Le domaine de `{text}`, {domain}, ressemble à {original} mais en est un autre ; son courrier pourrait parvenir à un inconnu.',
  '{domain} has no active alias {missing}, where other mail systems report problems.':
    '{domain} n’a pas d’alias actif {missing} ; c’est à cette adresse que les autres systèmes de messagerie signalent les problèmes.',
  'define {count, plural, one {it} other {them}} here, or for every domain in `_shared.yml`':
    '{count, plural, one {définissez-le} other {définissez-les}} ici, ou pour tous les domaines dans `_shared.yml`',

  // Aliases.
  '`{name}` is not a valid alias name: {fault}.': '`{name}` n’est pas un nom d’alias correct : {fault}.',
  'it is empty': 'il est vide',
  'write only the part before the @: `{name}`': 'n’écrivez que la partie avant le @ : `{name}`',
  'type the name again in Latin letters': 'retapez le nom en lettres latines',
  'write a dot instead of the space: `{name}`': 'écrivez un point à la place de l’espace : `{name}`',
  'write {names}': 'écrivez {names}',
  'The alias `{name}` is defined twice.': 'L’alias `{name}` est défini deux fois.',
  'The alias `{name}` is the same as `{first}`: case does not matter.':
    'L’alias `{name}` est le même que `{first}` : majuscules et minuscules ne comptent pas.',
  'move all destinations to one of them and delete the other':
    'réunissez toutes les destinations dans l’un des deux et supprimez l’autre',
  '`{name}` is reserved: the forwarder sends mail under this name.':
    '`{name}` est réservé : le service de transfert envoie du courrier sous ce nom.',
  'choose another name': 'choisissez un autre nom',
  '`{date}` is not a date in the calendar.': '`{date}` n’existe pas dans le calendrier.',
  '`{date}` is not a date in the form year-month-day.':
    '`{date}` n’est pas une date de la forme année-mois-jour.',
  'write a date such as `2027-06-30`': 'écrivez une date telle que `2027-06-30`',
  '`{alias}` would expire on {date}, which is in the past, so its mail would be refused.':
    '`{alias}` expirerait le {date}, une date déjà passée : son courrier serait refusé.',
  '`{alias}` expired on {date}; its mail is refused.':
    '`{alias}` a expiré le {date} ; son courrier est refusé.',
  'write a future date, or `active: false`': 'écrivez une date à venir, ou `active: false`',
  'delete the alias, or write a future date if it is still needed':
    'supprimez l’alias, ou écrivez une date à venir s’il est encore utile',
  '`{text}` is neither a GitHub login nor `team:` followed by the name of a team.':
    '`{text}` n’est ni un identifiant GitHub, ni `team:` suivi du nom d’une équipe.',
  'write an owner such as `johndoe` or `team:board`':
    'écrivez un responsable tel que `johndoe` ou `team:board`',
  '`{alias}` is too large: {size, number} KB, and the limit is {limit, number} KB.':
    '`{alias}` est trop volumineux : {size, number} Ko, pour un maximum de {limit, number} Ko.',
  'split its destinations among several aliases, and list those here':
    'répartissez ses destinations entre plusieurs alias, et énumérez ceux-ci ici',
  '{count, number} aliases of {domain} are inactive or reach nobody, and their names take too much room: {size, number} KB, and the limit is {limit, number} KB.':
    '{count, number} alias de {domain} sont inactifs ou n’atteignent personne, et leurs noms prennent trop de place : {size, number} Ko, pour un maximum de {limit, number} Ko.',
  'delete those that are no longer needed': 'supprimez ceux qui ne servent plus',

  // Destinations.
  'The destinations of `{alias}` are names with addresses, as a mail program copies them.':
    'Les destinations de `{alias}` sont des noms accompagnés d’adresses, comme un logiciel de messagerie les copie.',
  '`{text}` is not a valid destination: {fault}.': '`{text}` n’est pas une destination correcte : {fault}.',
  'the catch-all receives what no other alias does, and cannot itself be a destination':
    'l’adresse attrape-tout reçoit ce qu’aucun autre alias ne reçoit, et ne peut pas être elle-même une destination',
  'an address consists of unaccented letters, digits, dots and one @; check it against where you got it':
    'une adresse se compose de lettres sans accent, de chiffres, de points et d’un seul @ ; comparez-la avec l’original',
  'write only the address: `{address}`': 'n’écrivez que l’adresse : `{address}`',
  'put a comma between them: `{list}`': 'mettez une virgule entre elles : `{list}`',
  'make each address its own entry, as in `[a@example.com, b@example.com]`':
    'faites de chaque adresse un élément à part, comme dans `[a@example.com, b@example.com]`',
  'type it again in Latin letters, and check it against where you got it':
    'retapez-la en lettres latines, et comparez-la avec l’original',
  '`{text}` is listed twice.': '`{text}` figure deux fois dans la liste.',
  '`{text}` is the same destination as `{first}`.': '`{text}` est la même destination que `{first}`.',
  '`{text}` is no longer an alias of {domain}, but `{group}` still lists it.':
    '`{text}` n’est plus un alias de {domain}, mais figure encore dans `{group}`.',
  '`{text}` is not an alias of {domain}.': '`{text}` n’est pas un alias de {domain}.',
  'take it out of `{group}`, line {line}, or define it under `aliases:` again':
    'retirez-le de `{group}`, ligne {line}, ou définissez-le de nouveau sous `aliases:`',
  'take it out of `{group}`, line {line}, or define it under `aliases:`; for a mailbox elsewhere, write its full address, such as `jane@gmail.com`':
    'retirez-le de `{group}`, ligne {line}, ou définissez-le sous `aliases:` ; pour une boîte aux lettres extérieure, écrivez son adresse complète, par exemple `jane@gmail.com`',
  '`{name}` has itself as a destination, so its mail would never be delivered.':
    '`{name}` a pour destination sa propre adresse : son courrier n’arriverait jamais.',
  'delete one of these destinations': 'supprimez l’une de ces destinations',
  '`{name}` leads back to itself, so its mail would never be delivered: {way} → … ({count} more) → {name}.':
    '`{name}` ramène à son point de départ, et son courrier n’arriverait jamais : {way} → … (et {count} autres) → {name}.',
  '`{name}` leads back to itself, so its mail would never be delivered: {way}.':
    '`{name}` ramène à son point de départ, et son courrier n’arriverait jamais : {way}.',
  '`{name}` leads to `{destination}` here': '`{name}` mène ici à `{destination}`',
  '`{text}` is inactive (`active: false`), so nobody gets mail through it.':
    '`{text}` est inactif (`active: false`) : personne ne reçoit de courrier par son intermédiaire.',
  '`{text}` expired on {date}, so nobody gets mail through it.':
    '`{text}` a expiré le {date} : personne ne reçoit de courrier par son intermédiaire.',
  'delete it here, or activate it again': 'supprimez-le ici, ou réactivez-le',
  'delete it here, or give it a future date': 'supprimez-le ici, ou donnez-lui une date à venir',
  'it is defined here': 'il est défini ici',
  '`{alias}` no longer reaches anybody, because everything that it leads to has expired.':
    '`{alias}` n’atteint plus personne, car tout ce à quoi il mène a expiré.',
  '`{alias}` has no destination, so its mail reaches nobody.':
    '`{alias}` n’a aucune destination : son courrier n’atteint personne.',
  '`{alias}` reaches nobody, because everything that it leads to is inactive.':
    '`{alias}` n’atteint personne, car tout ce à quoi il mène est inactif.',
  'add a destination, or write `active: false` if its mail should be refused':
    'ajoutez une destination, ou écrivez `active: false` si son courrier doit être refusé',
  '`{alias}` leads through more than {limit} aliases before it reaches a mailbox.':
    '`{alias}` passe par plus de {limit} alias avant d’atteindre une boîte aux lettres.',
  'list the mailboxes, or an alias closer to them':
    'énumérez les boîtes aux lettres, ou un alias plus proche d’elles',
  '`{text}` is at {domain}, which looks like a typing error for {provider}; its mail may go to a stranger.':
    'Le domaine de `{text}`, {domain}, semble être une faute de frappe pour {provider} ; son courrier pourrait parvenir à un inconnu.',

  // Policy.
  '`{text}` is at {domain}, which `_policy.yml` does not allow.':
    'Le domaine de `{text}`, {domain}, n’est pas autorisé par `_policy.yml`.',
  'use another address, or ask the maintainers to add the domain to `allowedDomains`':
    'indiquez une autre adresse, ou demandez aux responsables du dépôt d’ajouter le domaine à `allowedDomains`',
  '`{name}` is protected, but {domain} has no file.':
    '`{name}` est protégé, mais {domain} n’a pas de fichier.',
  'delete the line, or add the file': 'supprimez la ligne, ou ajoutez le fichier',
  '{domain} is listed twice in `domains`.': '{domain} figure deux fois dans `domains`.',
  '`domains` lists {domain}, which is not managed here, but leaves out {meant}, which is.':
    '`domains` mentionne {domain}, qui n’est pas géré ici, et omet {meant}, qui l’est.',
  'it is protected here': 'il est protégé ici',
  '`{alias}` is protected, but {domain} does not define it.':
    '`{alias}` est protégé, mais {domain} ne le définit pas.',
  'define `{alias}` under `aliases:`': 'définissez `{alias}` sous `aliases:`',
  '`{alias}` of {domain} is protected and must reach at least {minimum, plural, one {# mailbox} other {# mailboxes}}, but reaches {now} because something has expired.':
    '`{alias}` de {domain} est protégé et doit atteindre au moins {minimum, plural, one {# boîte aux lettres} other {# boîtes aux lettres}}, mais n’en atteint que {now}, car quelque chose a expiré.',
  '`{alias}` of {domain} is protected and must reach at least {minimum, plural, one {# mailbox} other {# mailboxes}}, but reaches {now}.':
    '`{alias}` de {domain} est protégé et doit atteindre au moins {minimum, plural, one {# boîte aux lettres} other {# boîtes aux lettres}}, mais n’en atteint que {now}.',
  'add destinations': 'ajoutez des destinations',

  // What is left of the template.
  '`{domain}` is a sample of the template: that domain is kept for examples, and gets no mail.':
    '`{domain}` est un exemple du modèle : ce domaine est réservé aux exemples et ne reçoit aucun courrier.',
  'write a domain of yours, or delete the file':
    'indiquez un domaine qui est à vous, ou supprimez le fichier',
  'write a domain of yours, or delete it': 'indiquez un domaine qui est à vous, ou supprimez-le',
  '`{address}` is a sample of the template: nobody has a mailbox at {domain}.':
    '`{address}` est un exemple du modèle : personne n’a de boîte aux lettres chez {domain}.',
  'write the address of somebody of yours, or delete it':
    'indiquez l’adresse d’une personne de votre groupe, ou supprimez-la',
  '`{repository}` is a sample of the template: the roles in AWS would trust a repository that is not yours.':
    '`{repository}` est un exemple du modèle : les rôles dans AWS feraient confiance à un dépôt qui n’est pas le vôtre.',
  'write the owner and the name of your repository': 'indiquez le propriétaire et le nom de votre dépôt',
  '`{field}` is `1`, a sample of the template: that is the number of somebody else.':
    '`{field}` vaut `1`, un exemple du modèle : ce numéro est celui de quelqu’un d’autre.',
  'write an address of yours': 'indiquez une adresse qui est à vous',
  'write what `{command}` prints': 'indiquez ce qu’affiche `{command}`',
  '`{owner}` is a sample of the template: GitHub knows no such owner, and takes the line for one without an owner.':
    '`{owner}` est un exemple du modèle : GitHub ne connaît pas ce responsable et lit la ligne comme si elle n’en nommait aucun.',
  'write a person or a team of yours who may write to the repository':
    'indiquez une personne ou une équipe de votre groupe qui peut écrire dans le dépôt',
} as const;
