import type { AliasEntry, AliasFile, Reading } from '../files/model.ts';
import { aliasFiles } from '../files/repository.ts';
import { type Message, say } from '../messages/message.ts';
import { catchAll, type Destination, isTwin, parseDestination } from '../text/address.ts';
import type { Finding } from '../text/diagnostic.ts';
import { pastedAddresses, pastedList } from '../text/paste.ts';
import { spanOf } from '../text/source.ts';
import { asciiSpellings } from '../text/spelling.ts';
import { meantList } from '../text/suggest.ts';
import type { Rule } from './rule.ts';

export const destination: Rule = {
  code: 'destination',
  summary: 'A destination is an address or the name of an alias.',
  *find(repository) {
    for (const file of aliasFiles(repository)) {
      for (const alias of file.aliases) yield* judge(alias, file);
    }
  },
};

function* judge(alias: AliasEntry, file: AliasFile): Generator<Finding> {
  const pasted = meantByPaste(alias);
  const [first] = alias.destinations;
  if (pasted !== undefined && first !== undefined) {
    const last = alias.destinations.at(-1) ?? first;
    yield {
      code: 'destination',
      severity: 'error',
      message: say('The destinations of `{alias}` are names with addresses, as a mail program copies them.', {
        alias: alias.name.text.text,
      }),
      help: say('write only the addresses: `[{addresses}]`', { addresses: pasted.join(', ') }),
      ...spanOf(first.text),
      end: spanOf(last.text).end,
    };
    return;
  }
  for (const reading of alias.destinations) {
    const fault = faultOf(reading);
    if (fault === undefined) continue;
    yield {
      code: 'destination',
      severity: 'error',
      message: say('`{text}` is not a valid destination: {fault}.', { text: reading.text.text, fault }),
      help: cure(reading.text.text, file),
      ...spanOf(reading.text),
    };
  }
}

/** What is meant by destinations that are a paste from a mail program, of which no entry stands for itself. */
export function meantByPaste({ destinations }: AliasEntry): readonly string[] | undefined {
  return pastedList(destinations.map(({ text }) => text.text));
}

function faultOf({ read }: Reading<Destination>): Message | undefined {
  if (read.value?.local === catchAll) {
    return say('the catch-all receives what no other alias does, and cannot itself be a destination');
  }
  return read.fault;
}

/** In characters; nobody mistypes an address into more, and the search for a cure would take long. */
const longest = 1_000;
const usual = say(
  'an address consists of unaccented letters, digits, dots and one @; check it against where you got it',
);

function cure(text: string, { aliases }: AliasFile): Message {
  if (text.length > longest) return usual;
  const [pasted] = pastedAddresses(text) ?? [];
  if (pasted !== undefined) return say('write only the address: `{address}`', { address: pasted });
  const mailto = text.replace(/^mailto:/i, '');
  if (mailto !== text && isLegal(mailto))
    return say('write only the address: `{address}`', { address: mailto });
  // Joining what is on both sides of a space could make a stranger's address.
  const parts = meantList(text) ?? [];
  if (parts.length > 1) return say('put a comma between them: `{list}`', { list: parts.join(', ') });
  if (/[,;]/.test(text))
    return say('make each address its own entry, as in `[a@example.com, b@example.com]`');
  const [only] = parts;
  const candidates = [
    only,
    text.replace(/\s*[([{]at[)\]}]\s*/i, '@'),
    text.replace(/\.+$/, ''),
    text.replace(/[\uff01-\uff5e]/g, (character) => character.normalize('NFKC')).replace(/\s*@\s*/, '@'),
  ];
  const meant = candidates.find((one) => one !== undefined && one !== text && isLegal(one));
  if (meant !== undefined) return say('write `{text}`', { text: meant });
  if ([...text].some(isTwin))
    return say('type it again in Latin letters, and check it against where you got it');
  // Only a name that is there: how somebody else spells an address is not to be guessed.
  const names = new Set(aliases.map(({ name }) => name.read.value));
  const spelt = asciiSpellings(text).find((one) => names.has(one));
  if (spelt !== undefined) return say('write `{text}`', { text: spelt });
  return usual;
}

function isLegal(text: string): boolean {
  return parseDestination(text).fault === undefined;
}
