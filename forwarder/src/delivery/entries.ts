import { deliveriesOf, type Route } from '../mail/recipients.ts';
import type { Fate } from '../routing/route.ts';
import { leaseTime } from './backoff.ts';
import { type Guard, isUp } from './guard.ts';
import { type Entry, type Envelope, keepTime, type Ledger } from './ledger.ts';

/** The destinations of a mail. */
export interface Entries {
  /** To be sent now. */
  readonly ready: readonly Entry[];
  /** To be tried later, for the reason that each gives. */
  readonly waiting: readonly Entry[];
  /** Closed from the start: blocked for good. */
  readonly closed: readonly Entry[];
}

/**
 * The rows of a mail's destinations, each once. One that is blocked has a row too: it waits where the block passes, and
 * is closed where it lasts.
 *
 * @param time epoch seconds
 */
export async function entriesFor(
  envelope: Envelope,
  fates: readonly Fate[],
  guard: Guard | undefined,
  ledger: Pick<Ledger, 'hasReached'>,
  time: number,
): Promise<Entries> {
  const routed = fates.filter((fate) => fate.kind === 'routed');
  const blockedRoutes = (isPassing: boolean) =>
    routed.map(({ blocked, ...fate }) => ({
      ...fate,
      destinations: blocked
        .filter(({ passing }) => passing === isPassing)
        .map(({ destination }) => destination),
    }));
  const ready = newEntries(envelope, routed, time);
  const waiting = without(ready, newEntries(envelope, blockedRoutes(true), time));
  const closed = without([...ready, ...waiting], newEntries(envelope, blockedRoutes(false), time));
  const entries = {
    ready,
    waiting: waiting.map((entry): Entry => ({ ...entry, attempts: 0, reason: 'blocked' })),
    closed: closed.map((entry) => closedEntry(entry, time)),
  };
  return isUp(guard, time) ? holdBack(entries, ledger) : entries;
}

/** Two looks at the blocks of one destination may differ: the first list has it. */
function without(others: readonly Entry[], entries: readonly Entry[]): Entry[] {
  return entries.filter((entry) => others.every(({ destination }) => destination !== entry.destination));
}

function closedEntry({ nextAttemptAt: _, ...entry }: Entry, time: number): Entry {
  return { ...entry, state: 'bounced', attempts: 0, reason: 'blocked', expiresAt: time + keepTime };
}

/** While the account bounces too much, only destinations that were reached before get mail. */
async function holdBack(
  { ready, waiting, closed }: Entries,
  ledger: Pick<Ledger, 'hasReached'>,
): Promise<Entries> {
  const reached: Entry[] = [];
  const held: Entry[] = [];
  for (const entry of ready) {
    if (await ledger.hasReached(entry.alias, entry.destination)) reached.push(entry);
    else held.push({ ...entry, attempts: 0, reason: 'guard' });
  }
  return { ready: reached, waiting: [...waiting, ...held], closed };
}

function newEntries(envelope: Envelope, routes: readonly Route[], time: number): Entry[] {
  return deliveriesOf(routes).map(({ destination, alias, recipient }) => ({
    ...envelope,
    destination,
    alias,
    recipient,
    recipients: routes
      .filter((route) => route.destinations.includes(destination))
      .map((route) => route.recipient),
    state: 'due',
    attempts: 1,
    nextAttemptAt: time + leaseTime,
    since: envelope.receivedAt,
  }));
}
