import { isReserved } from '../../../schema/src/directory/resolve.ts';
import { type Block, blockOf } from '../../../schema/src/records/blocks.ts';
import type { BounceRow } from '../../../schema/src/records/bounceRow.ts';
import type { Live } from '../../../schema/src/records/live.ts';
import type { AliasRow, Filter } from '../../../schema/src/records/records.ts';
import { defaults, type OtherDomains } from '../../../schema/src/stage/stage.ts';
import {
  type Address,
  domainPart,
  joinAddress,
  parseAddress,
  parseDomain,
  splitAddress,
} from '../../../schema/src/text/address.ts';
import { dayOf, type Milliseconds, type Seconds, toSeconds } from '../../../schema/src/text/time.ts';
import type { IncomingMail } from '../mail/event.ts';
import { isAutomatic, judge, type Reason } from '../mail/judge.ts';
import { inParallel } from './inParallel.ts';
import { lookup, type RoutingTables, readDomain } from './lookup.ts';
import { forgesOwnDomain } from './ownAuthor.ts';

/** What becomes of a mail at one envelope recipient. */
export type Fate =
  | {
      readonly kind: 'routed';
      readonly recipient: string;
      /** The recipient's local part at its main domain. */
      readonly alias: Address;
      readonly destinations: readonly Address[];
      /** Left out because they bounced; where `destinations` is empty, all of them. */
      readonly blocked: readonly BlockedDestination[];
    }
  | { readonly kind: 'unknown' | 'inactive'; readonly recipient: string }
  /** Our own sender, or another reserved name, written to by a program. */
  | { readonly kind: 'reserved' | 'unmanaged'; readonly recipient: string }
  /** By the policy of the recipient's own domain. */
  | { readonly kind: 'dropped' | 'refused'; readonly recipient: string; readonly reason: Reason };

export interface BlockedDestination {
  readonly destination: Address;
  /** The block ends within a day: mail waits for that. */
  readonly transient: boolean;
}

export interface RouteTables extends RoutingTables {
  readonly bounces: { of(destination: string): Promise<BounceRow[]> };
}

export interface RouteOptions {
  readonly reserved: readonly string[];
  /** What becomes of recipients at domains that SES takes mail for and that are not ours; bounced unless it says so. */
  readonly otherDomains?: OtherDomains;
  /** A destination with more bounces than this is left out. */
  readonly bounceLimit: number;
  readonly softBounceLimit: number;
}

/** Recipients that are looked up at a time: SES has a hundred at most in one mail, and waits for all of them. */
const lookupsAtOnce = 25;

/** Decides for every envelope recipient, in the event's order. Throws `NotPublished` where the tables do not say yet. */
export async function routeMail(
  mail: IncomingMail,
  tables: RouteTables,
  options: RouteOptions,
  now: Milliseconds,
): Promise<Fate[]> {
  const found = new Map<string, Promise<Live | undefined>>();
  const liveOf = (recipient: string) => {
    const name = parseDomain(domainPart(recipient)).value;
    if (name === undefined) return undefined;
    // Most recipients of a mail share their domain.
    const live = found.get(name) ?? readDomain(tables, name);
    found.set(name, live);
    return live;
  };
  const isForged = await forgesOwnDomain(mail, tables.domains);
  const fates: Fate[] = [];
  await inParallel([...mail.recipients.entries()], lookupsAtOnce, async ([place, recipient]) => {
    const live = await liveOf(recipient);
    fates[place] =
      live === undefined
        ? strangerFate(mail, recipient, isForged, options)
        : await routeRecipient(mail, recipient, live, isForged, tables, options, now);
  });
  return fates;
}

/** SES takes mail for every verified domain: where no rule comes after ours, nobody else would tell the sender. */
function strangerFate(
  mail: IncomingMail,
  recipient: string,
  isForged: boolean,
  { otherDomains = defaults.otherDomains }: RouteOptions,
): Fate {
  if (otherDomains === 'pass') return { kind: 'unmanaged', recipient };
  return judgedFate(mail, recipient, undefined, isForged) ?? { kind: 'unknown', recipient };
}

/** The fate of a mail that the policy of the recipient's domain does not let pass. */
function judgedFate(
  mail: IncomingMail,
  recipient: string,
  filter: Filter | undefined,
  isForged: boolean,
): Fate | undefined {
  const { outcome, reason } = judge(mail, filter, isForged);
  if (outcome === 'pass') return undefined;
  return { kind: outcome === 'drop' ? 'dropped' : 'refused', recipient, reason: reason ?? 'dmarc' };
}

async function routeRecipient(
  mail: IncomingMail,
  recipient: string,
  live: Live,
  isForged: boolean,
  tables: RouteTables,
  options: RouteOptions,
  now: Milliseconds,
): Promise<Fate> {
  const judged = judgedFate(mail, recipient, live.filter, isForged);
  if (judged !== undefined) return judged;
  const address = parseAddress(recipient).value;
  // No alias can have a name that is no legal local part.
  if (address === undefined) return { kind: 'unknown', recipient };
  const { local, domain } = splitAddress(address);
  const reserved = isReserved(local, options.reserved);
  if (reserved && isAutomatic(mail)) return { kind: 'reserved', recipient };
  const name = reserved ? 'postmaster' : local;
  const time = toSeconds(now);
  const found = await lookup(tables, name, domain, live, dayOf(time));
  if (found.kind !== 'rows') return { kind: found.kind, recipient };
  const alias = joinAddress(name, found.main);
  return { kind: 'routed', recipient, alias, ...(await sift(found.rows, tables, options, time)) };
}

/** The count on a row only says where to look: the Bounces rows decide, and an expired one blocks nobody. */
async function sift(rows: readonly AliasRow[], tables: RouteTables, options: RouteOptions, now: Seconds) {
  const destinations: Address[] = [];
  const blocked: BlockedDestination[] = [];
  for (const { destination, bounces } of rows) {
    const block =
      bounces > options.bounceLimit ? await readBlock(destination, tables, options, now) : undefined;
    if (block === undefined || block.count <= options.bounceLimit) destinations.push(destination);
    else blocked.push({ destination, transient: block.transient });
  }
  return { destinations, blocked };
}

async function readBlock(
  destination: Address,
  tables: RouteTables,
  options: RouteOptions,
  now: Seconds,
): Promise<Block> {
  return blockOf(await tables.bounces.of(destination), now, options.softBounceLimit);
}
