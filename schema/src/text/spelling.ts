import { parseLocalPart } from './address.ts';

/** Letters that are spelt in ASCII in one way or another, by the habit of a language. */
const letters: ReadonlyMap<string, readonly [string, string]> = new Map([
  ['ä', ['ae', 'a']],
  ['ö', ['oe', 'o']],
  ['ü', ['ue', 'u']],
  ['ø', ['oe', 'o']],
  ['å', ['aa', 'a']],
  ['æ', ['ae', 'ae']],
  ['œ', ['oe', 'oe']],
  ['ß', ['ss', 'ss']],
  ['đ', ['d', 'd']],
  ['ð', ['d', 'd']],
  ['þ', ['th', 'th']],
  ['ł', ['l', 'l']],
  ['ħ', ['h', 'h']],
  ['ı', ['i', 'i']],
]);

/**
 * A name as its owner may spell it in ASCII, in small letters: none, one, or two to choose from. None where a letter
 * has no spelling of its own, so that no name is offered that nobody has.
 */
export function asciiSpellings(name: string): readonly string[] {
  const spelt = ([0, 1] as const).map((choice) =>
    [...name.normalize('NFC').toLowerCase()]
      .map((letter) => letters.get(letter)?.[choice] ?? plain(letter))
      .join(''),
  );
  return [...new Set(spelt)].filter((one) => one !== name && parseLocalPart(one).fault === undefined);
}

/**
 * The names that the writer of one that is not valid may have meant, folded: none, one, or two to choose from. It was
 * written as a whole address, or with spaces for dots, or is spelt otherwise in ASCII.
 */
export function meantNames(text: string): readonly string[] {
  if (text.includes('@')) return legal(text.slice(0, text.indexOf('@')));
  return /^\S+(?: \S+)+$/.test(text) ? legal(text.replaceAll(' ', '.').toLowerCase()) : asciiSpellings(text);
}

function legal(name: string): readonly string[] {
  return parseLocalPart(name).fault === undefined ? [name] : [];
}

/** A Latin letter without its accent, and a full-width character as the usual one; others stay as they are. */
function plain(letter: string): string {
  if (/[\uff01-\uff5e]/.test(letter)) return letter.normalize('NFKC');
  const base = letter.normalize('NFD').replace(/\p{M}/gu, '');
  return /^[a-z]$/.test(base) ? base : letter;
}
