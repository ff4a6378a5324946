import type { Explanation } from '../../../schema/src/directory/resolve.ts';
import type { Branch, End } from '../../../schema/src/directory/tree.ts';
import type { Reaching } from '../../../schema/src/directory/who.ts';
import type { Address } from '../../../schema/src/text/address.ts';
import { oneLine } from './escape.ts';
import { counted } from './planText.ts';

export interface Explained extends Omit<Explanation, 'destinations'> {
  readonly destinations: readonly {
    readonly address: Address;
    /** ISO 8601, UTC. */
    readonly blockedUntil?: string;
  }[];
  /** Of an inactive address: why it is so. */
  readonly reason?: 'switched-off' | 'expired';
  /** `YYYY-MM-DD`, where it has expired. */
  readonly expires?: string;
}

/** What an explanation is drawn with. */
export interface Drawing {
  /** Whether the address's domain is one of the files'. */
  readonly isOurs: boolean;
  /** What the alias leads to that has its mail. */
  readonly branches: readonly Branch[];
}

/** Who gets mail to an address, for a person: a sentence, and a tree of what leads where. */
export function explainText(explained: Explained, { isOurs, branches }: Drawing): string {
  const { address, status, matched, path, destinations } = explained;
  if (!isOurs) return `${address} is not at a domain of these files, so they say nothing about its mail.\n`;
  if (status === 'unknown') return `${address} is not defined; its mail is refused.\n`;
  if (status === 'inactive')
    return `${address} is inactive: ${whyInactive(explained)}. Its mail is refused.\n`;
  const blocks = new Map<string, string | undefined>(
    destinations.map(({ address: mailbox, blockedUntil }) => [mailbox, blockedUntil]),
  );
  const reached = destinations.length === 0 ? 'nobody' : counted(destinations.length, 'mailbox');
  return [
    `${address}${how[matched]} reaches ${reached}:`,
    ...path.slice(0, 1),
    ...treeLines(branches, '', (mailbox) => blocks.get(mailbox)),
    '',
  ].join('\n');
}

const how: Readonly<Record<Explained['matched'], string>> = {
  exact: '',
  subaddress: ' (by its subaddress base)',
  'catch-all': ' (by the catch-all)',
  none: '',
};

function whyInactive({ reason, expires, path: [alias] }: Explained): string {
  return reason === 'expired'
    ? `the alias ${alias} expired on ${expires}`
    : `the alias ${alias} is switched off`;
}

function treeLines(
  branches: readonly Branch[],
  indent: string,
  blockedUntil: (mailbox: string) => string | undefined,
): string[] {
  return branches.flatMap((branch, place) => {
    const isLast = place === branches.length - 1;
    const below = `${indent}${isLast ? '    ' : '│   '}`;
    return [
      `${indent}${isLast ? '└── ' : '├── '}${oneLine(branch.name)}${remark(branch, blockedUntil)}`,
      ...treeLines(branch.branches, below, blockedUntil),
    ];
  });
}

const ends: Readonly<Record<End, string>> = {
  inactive: 'switched off: reaches nobody',
  expired: 'reaches nobody',
  undefined: 'not defined: reaches nobody',
  malformed: 'not an address: reaches nobody',
  cycle: 'leads back to itself',
  shown: 'see above',
  deep: 'goes deeper than is drawn',
};

function remark(
  { name, kind, end, expires }: Branch,
  blockedUntil: (mailbox: string) => string | undefined,
): string {
  const until = kind === 'mailbox' ? blockedUntil(name) : undefined;
  if (until !== undefined) return ` (blocked until ${until})`;
  if (end === undefined) return '';
  return ` (${expires === undefined ? '' : `expired on ${expires}: `}${ends[end]})`;
}

/** Which addresses reach a mailbox, for a person. */
export function whoText(destination: Address, addresses: readonly Reaching[]): string {
  if (addresses.length === 0) return `No address reaches ${destination}.\n`;
  const lines = addresses.map(({ address, also = [], path }) => {
    const others = also.length === 0 ? '' : ` (also ${also.join(', ')})`;
    const through = path.length < 2 ? '' : `, through ${path.slice(1).join(', ')}`;
    return `  ${address}${others}${through}`;
  });
  return [`Mail to these addresses reaches ${destination}:`, ...lines, ''].join('\n');
}

/** The latest moment that a date can be, in epoch seconds (ECMA-262, 21.4.1.1). */
const latest = 8.64e12;

/** What follows "blocked until": a time (ISO 8601, UTC), or what ends a block that has no end. Takes epoch seconds. */
export function blockEnd(until: number): string {
  return endOfBlock(until)?.toISOString() ?? 'somebody unblocks it';
}

/** Undefined for a block that ends only when somebody ends it. Takes epoch seconds. */
export function endOfBlock(until: number): Date | undefined {
  return until <= latest ? new Date(until * 1000) : undefined;
}
