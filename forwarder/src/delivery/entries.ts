import { deliveriesOf, type Route } from '../mail/recipients.ts';
import type { Fate } from '../routing/route.ts';
import { leaseTime } from './backoff.ts';
import { type Guard, isUp } from './guard.ts';
import type { Entry, Envelope, Ledger } from './ledger.ts';

/** The destinations of a mail. */
export interface Entries {
  /** To be sent now. */
  readonly ready: readonly Entry[];
  /** To be tried later, for the reason that each gives. */
  readonly waiting: readonly Entry[];
}

/**
 * The rows of a mail's destinations, each once. A destination whose block passes waits, where its recipient has no other.
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
  const passing = routed
    .filter(({ destinations }) => destinations.length === 0)
    .map(({ blocked, ...fate }) => ({
      ...fate,
      destinations: blocked.filter((block) => block.passing).map(({ destination }) => destination),
    }));
  const ready = newEntries(envelope, routed, time);
  const waiting = newEntries(envelope, passing, time).filter(
    (entry) => !ready.some(({ destination }) => destination === entry.destination),
  );
  const blocked = waiting.map((entry): Entry => ({ ...entry, attempts: 0, reason: 'blocked' }));
  const entries = { ready, waiting: blocked };
  return isUp(guard, time) ? holdBack(entries, ledger) : entries;
}

/** While the account bounces too much, only destinations that were reached before get mail. */
async function holdBack({ ready, waiting }: Entries, ledger: Pick<Ledger, 'hasReached'>): Promise<Entries> {
  const reached: Entry[] = [];
  const held: Entry[] = [];
  for (const entry of ready) {
    if (await ledger.hasReached(entry.alias, entry.destination)) reached.push(entry);
    else held.push({ ...entry, attempts: 0, reason: 'guard' });
  }
  return { ready: reached, waiting: [...waiting, ...held] };
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
