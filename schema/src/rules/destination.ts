import { type Directory, follow } from '../directory/resolve.ts';
import type { AliasEntry, AliasFile, Reading } from '../files/model.ts';
import { type Message, say } from '../messages/message.ts';
import { catchAll, type Destination, isTwin, parseDestination } from '../text/address.ts';
import { type Corrected, replacedEntries } from '../text/correction.ts';
import type { Finding } from '../text/diagnostic.ts';
import { pastedAddresses, pastedList } from '../text/paste.ts';
import { quote } from '../text/quote.ts';
import { type Place, spanOf } from '../text/source.ts';
import { asciiSpellings } from '../text/spelling.ts';
import { meantList } from '../text/suggest.ts';
import type { Rule } from './rule.ts';

export const destination: Rule = {
  code: 'destination',
  summary: 'A destination is an address or the name of an alias.',
  *find(repository) {
    const { directory, domainFiles, shared } = repository;
    for (const file of domainFiles) {
      const domain = file.domain.read.value;
      for (const alias of file.aliases) yield* judge(alias, { file, domain, directory });
    }
    // A name there is not the same alias in every domain.
    if (shared === undefined) return;
    for (const alias of shared.aliases) yield* judge(alias, { file: shared, domain: undefined, directory });
  },
};

/** Where an alias is written. */
interface Surroundings {
  readonly file: AliasFile;
  readonly domain: string | undefined;
  readonly directory: Directory;
}

function* judge(alias: AliasEntry, surroundings: Surroundings): Generator<Finding> {
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
      ...replacement({ ...first.text, end: last.text.end }, pasted, new Set(), surroundings),
      ...spanOf(first.text),
      end: spanOf(last.text).end,
    };
    return;
  }
  const wrong = alias.destinations.flatMap((reading) => {
    const fault = faultOf(reading);
    return fault === undefined ? [] : [{ reading, fault }];
  });
  if (wrong.length === 0) return;
  const listed = new Set(alias.destinations.flatMap(({ read }) => read.value?.text ?? []));
  for (const { reading, fault } of wrong) {
    const { help, entries } = cure(reading.text.text, surroundings.file);
    yield {
      code: 'destination',
      severity: 'error',
      message: say('`{text}` is not a valid destination: {fault}.', { text: reading.text.text, fault }),
      help,
      ...(entries && replacement(reading.text, entries, listed, surroundings)),
      ...spanOf(reading.text),
    };
  }
}

/** Entries in the place of what was written, unless one would be a mistake itself: listed already, or not defined. */
function replacement(
  place: Place,
  entries: readonly string[],
  listed: ReadonlySet<string>,
  { domain, directory }: Surroundings,
): Corrected {
  const meant = entries.flatMap((entry) => parseDestination(entry).value ?? []);
  const names = new Set(meant.map(({ text }) => text));
  const isRight = meant.every((one) => {
    if (listed.has(one.text) || (domain === undefined && one.kind === 'name')) return false;
    return follow(directory, domain ?? '', one).kind !== 'undefined';
  });
  return isRight && names.size === entries.length ? replacedEntries(place, entries.map(quote)) : {};
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

/** What to type, and the entries that are to stand there instead, where that is certain. */
interface Cure {
  readonly help: Message;
  readonly entries?: readonly string[];
}

function cure(text: string, { aliases }: AliasFile): Cure {
  if (text.length > longest) return { help: usual };
  const [pasted, ...more] = pastedAddresses(text) ?? [];
  if (pasted !== undefined) return more.length === 0 ? address(pasted) : { help: address(pasted).help };
  const mailto = text.replace(/^mailto:/i, '');
  if (mailto !== text && isLegal(mailto)) return address(mailto);
  // Joining what is on both sides of a space could make a stranger's address.
  const parts = meantList(text) ?? [];
  if (parts.length > 1)
    return { help: say('put a comma between them: `{list}`', { list: parts.join(', ') }), entries: parts };
  if (/[,;]/.test(text))
    return { help: say('make each address its own entry, as in `[a@example.com, b@example.com]`') };
  const [only] = parts;
  const candidates = [
    only,
    text.replace(/\s*[([{]at[)\]}]\s*/i, '@'),
    text.replace(/\.+$/, ''),
    text.replace(/[\uff01-\uff5e]/g, (character) => character.normalize('NFKC')).replace(/\s*@\s*/, '@'),
  ];
  const meant = candidates.find((one) => one !== undefined && one !== text && isLegal(one));
  if (meant !== undefined) return write(meant);
  if ([...text].some(isTwin))
    return { help: say('type it again in Latin letters, and check it against where you got it') };
  // Only a name that is there: how somebody else spells an address is not to be guessed.
  const names = new Set(aliases.map(({ name }) => name.read.value));
  const spelt = asciiSpellings(text).find((one) => names.has(one));
  return spelt === undefined ? { help: usual } : write(spelt);
}

function address(meant: string): Cure {
  return { help: say('write only the address: `{address}`', { address: meant }), entries: [meant] };
}

function write(meant: string): Cure {
  return { help: say('write `{text}`', { text: meant }), entries: [meant] };
}

function isLegal(text: string): boolean {
  return parseDestination(text).fault === undefined;
}
