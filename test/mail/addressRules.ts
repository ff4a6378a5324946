import { domainToASCII } from 'node:url';
import type { Reader } from './reading.ts';
import { nameRules } from './textRules.ts';

/** The rules by which the rewriting makes one list of people of another; undefined where none does. */
export function addressRules(
  before: readonly Reader[],
  after: readonly Reader[],
  raw: string,
  isStrict: boolean,
): string[] | undefined {
  if (isSideBySide(after, raw)) return ['of two addresses side by side the last counts'];
  return sameList(before, after, raw) ?? (isStrict ? undefined : anew(after, raw));
}

/** One by one, without those that SES would refuse. */
function sameList(before: readonly Reader[], after: readonly Reader[], raw: string): string[] | undefined {
  const usable = before.filter(isUsable);
  if (usable.length !== after.length) return undefined;
  const rules = usable.map((one, index) => sameReader(one, after[index], raw));
  if (rules.includes(undefined)) return undefined;
  return [
    ...(usable.length < before.length ? ['an address that SES refuses is left out'] : []),
    ...rules.flatMap((some) => some ?? []),
  ];
}

/** Nobody knows which of them is meant; what was written stays in X-Original-To. */
function isSideBySide([after]: readonly Reader[], raw: string): boolean {
  const [, first, last] = /^[ \t]*([^\s,;<]+@[^\s,;<]+)[ \t]+([^\s,;<]+@[^\s,;<]+)[ \t]*$/.exec(raw) ?? [];
  return first !== undefined && after?.name === first && after.address === last;
}

function sameReader(before: Reader, after: Reader | undefined, raw: string): string[] | undefined {
  if (after === undefined) return undefined;
  const isSame = before.address === after.address;
  if (!isSame && inOneCase(spelling(before.address)) !== inOneCase(spelling(after.address))) return undefined;
  const name = namedAlike(before, after, raw);
  return name && [...(isSame ? [] : ['an address is spelt as SES takes it']), ...name];
}

function namedAlike(before: Reader, after: Reader, raw: string): string[] | undefined {
  if (before.name === '' && after.name !== '' && raw.includes(`(${after.name})`))
    return ['a comment serves as the name'];
  // mailparser drops a name that is the address, where it stands as it is.
  if ([before.name, after.name].every((name) => name === '' || name === after.address)) return [];
  return nameRules(before.name, after.name, raw);
}

/** A list that no strict reader takes is read as best one can: whoever stands in it with an address is still there. */
function anew(after: readonly Reader[], raw: string): string[] | undefined {
  const plain = raw.replace(/"(?:[^"\\]|\\.)*"|\((?:[^()\\]|\\.)*\)|=\?[^?]*\?.\?[^?]*\?=/g, ' ');
  const written = [...plain.matchAll(/[^\s<>(),;:"@]+@[a-z0-9-]+(?:\.[a-z0-9-]+)*/gi)].map(
    ([address]) => address,
  );
  const found = new Set(after.map(({ address }) => address));
  const isThere = written.filter(isTaken).every((address) => found.has(address));
  return isThere ? ['an address field that is not strict is written anew'] : undefined;
}

/**
 * Whether SES takes the address, perhaps in another spelling. An odd local part is spelt anew at a real domain alone: no
 * mail comes from a host without one.
 */
export function isUsable({ address }: Reader): boolean {
  const taken = spelling(address);
  return isTaken(taken) && (taken === address || /\.[^\]]*$/.test(taken.slice(taken.lastIndexOf('@'))));
}

/** An address as SES takes it. */
export function spelling(address: string): string {
  const plain = address.replace(/^mailto:/i, '');
  const at = plain.lastIndexOf('@');
  const written = plain.slice(at + 1).replace(/\.$/, '');
  const domain = /^[ -~]*$/.test(written) ? written : domainToASCII(written);
  return at < 0 ? plain : quoted(`${plain.slice(0, at)}@${domain}`);
}

/** The case of a domain says nothing. */
function inOneCase(address: string): string {
  const at = address.lastIndexOf('@');
  return address.slice(0, at) + address.slice(at).toLowerCase();
}

/** A local part that is no dot-atom needs quotes; readers leave them out or not. */
export function quoted(address: string): string {
  const at = address.lastIndexOf('@');
  const local = address.slice(0, at).replace(/^"(.*)"$/, (_, text: string) => text.replace(/\\(.)/g, '$1'));
  const isAtom = /^[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*$/.test(local);
  return `${isAtom ? local : `"${local.replace(/["\\]/g, '\\$&')}"`}${address.slice(at)}`;
}

/** What JavaMail's strict parser takes. */
function isTaken(address: string): boolean {
  return /^(?:"[ -~]+"|[!-~]+)@(?:\[[0-9a-f.:ipv]+\]|[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*)$/i.test(
    address,
  );
}
