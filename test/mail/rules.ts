import emailAddresses from 'email-addresses';
import { addressRules, isUsable, spelling } from './addressRules.ts';
import type { RawLine } from './rawHeader.ts';
import type { Reader } from './reading.ts';
import { nameRules, textRules } from './textRules.ts';

/** By which rules From shows an author; none is counted for what becomes of every mail. */
export function rulesForAuthor(
  authors: readonly Reader[],
  from: readonly Reader[],
  lines: readonly RawLine[],
): string[] | undefined {
  const [is, second] = from;
  const shown = /^(.*) via info$/s.exec(is?.name ?? '')?.[1];
  if (shown === undefined || second !== undefined || is?.address !== 'forwarder-daemon@example.com')
    return undefined;
  const fields = lines.filter(({ key }) => key === 'from');
  const raw = fields.map(({ text }) => text).join(', ');
  const author = authors.find(isUsable) ?? authors.find(({ name, address }) => name + address !== '');
  const found = author === undefined ? sameText('Unknown sender', shown) : rulesForName(author, shown, raw);
  if (found !== undefined) return found;
  if (fields.length > 1) return ['of two copies the first with an address counts'];
  return fields.every(({ text }) => isStrictList(text))
    ? undefined
    : ['an address field that is not strict is written anew'];
}

function rulesForName({ name, address }: Reader, shown: string, raw: string): string[] | undefined {
  if (spelling(address).length > 80)
    return shown.includes(spelling(address).slice(-79)) ? ['of a long address the end is shown'] : undefined;
  const suffix = ` (${spelling(address)})`;
  if (shown === spelling(address))
    return name.normalize('NFKC').includes('@')
      ? ['a name with an @ gives way to the address']
      : nameRules(name, '', raw);
  if (address !== '' && !shown.endsWith(suffix)) return undefined;
  const own = address === '' ? shown : shown.slice(0, -suffix.length);
  if (name === '' && raw.includes(`(${own})`)) return ['a comment serves as the name'];
  return nameRules(name, own, raw);
}

function sameText(one: string, other: string): string[] | undefined {
  return one === other ? [] : undefined;
}

const keys = { from: ['from'], replyTo: ['reply-to', 'from'], to: ['to'], cc: ['cc'] } as const;

/** By which rules people are others after the rewriting than before; undefined where none does it. */
export function rulesForPeople(
  aspect: keyof typeof keys,
  before: readonly Reader[],
  after: readonly Reader[],
  lines: readonly RawLine[],
): string[] | undefined {
  const fields = lines.filter(({ key }) => keys[aspect].some((one) => one === key));
  const raw = fields.map(({ text }) => text).join(', ');
  const isStrict = fields.every(({ text }) => isStrictList(text));
  const found = addressRules(before, after, raw, isStrict);
  if (found !== undefined) return found;
  const isTwice = fields.some(({ key }, index) => fields.findIndex((field) => field.key === key) < index);
  return isTwice && aspect !== 'to' && aspect !== 'cc'
    ? ['of two copies the first with an address counts']
    : undefined;
}

export function rulesForSubject(
  before: string,
  after: string,
  lines: readonly RawLine[],
): string[] | undefined {
  const subjects = lines.filter(({ key }) => key === 'subject');
  if (subjects.length > 1) return ['of two copies the first that says something counts'];
  return textRules(before, after, subjects[0]?.text ?? '');
}

/** A type that SES would refuse is mended; that nobody reads less than before is seen by the number of parts. */
export function rulesForParts(
  before: readonly string[],
  after: readonly string[],
  lines: readonly RawLine[],
): string[] | undefined {
  const types = lines.filter(({ key }) => key === 'content-type');
  const dispositions = lines.filter(
    ({ key }) => key === 'content-disposition' || key === 'content-transfer-encoding',
  );
  if (types.length > 1 || dispositions.length > 1)
    return ['of two copies the first that says something counts'];
  if (after.length === 0 && before.length > 0) return undefined;
  const [type] = types;
  if (type !== undefined && !isStrictType(type.text)) return ['a type that is not strict is mended'];
  if (dispositions.some(({ text }) => /[^\t -~]/.test(text)))
    return ['a file name of bytes goes as RFC 2231 has it'];
  return undefined;
}

function isStrictType(text: string): boolean {
  const isLegal =
    /^[ \t]*[\w.+-]+\/[\w.+-]+[ \t]*(?:;[ \t]*[\w*-]+=(?:[\w!#$%&'*+.^`{|}~-]+|"(?:[ !#-[\]-~\t]|\\[ -~])*")[ \t]*)*$/.test(
      text,
    );
  return isLegal && (!/^[ \t]*multipart\//i.test(text) || /boundary\*?=(?!"")/i.test(text));
}

function isStrictList(text: string): boolean {
  return emailAddresses.parseAddressList({ input: text, strict: true, rfc6532: false }) !== null;
}
