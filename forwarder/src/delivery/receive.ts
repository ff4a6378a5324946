import type { BouncedRecipient } from '../mail/bounce.ts';
import type { IncomingMail } from '../mail/event.ts';
import { deliveriesOf } from '../mail/recipients.ts';
import { type Fate, type RouteOptions, type RouteTables, routeMail } from '../routing/route.ts';
import { type AnswerPorts, giveAnswer } from './answer.ts';
import { leaseTime, tryingTime } from './backoff.ts';
import { type DeliverOptions, type DeliverPorts, deliver, type Tally } from './deliver.ts';
import { type Guard, isUp } from './guard.ts';
import { envelopeOfMail, keptEvent } from './keep.ts';
import {
  type Entry,
  type Envelope,
  isAnswer,
  keepTime,
  type Ledger,
  type LedgerRow,
  nobodyKey,
} from './ledger.ts';
import { firstAnswer } from './refusals.ts';

export interface ReceivePorts extends DeliverPorts, AnswerPorts {
  readonly ledger: Ledger;
  readonly bucket: DeliverPorts['bucket'];
  readonly tables: RouteTables;
  readonly guard: { read(): Promise<Guard | undefined> };
}

export type ReceiveOptions = Omit<RouteOptions, 'now'> & DeliverOptions;

export interface Received extends Tally {
  readonly fates: readonly Fate[];
  /** Whether the ledger knew the mail: SES repeats an event, and a kept one is read again. */
  readonly isRepeat: boolean;
}

/**
 * Takes one mail in: decides for every recipient, writes all that follows into the ledger at once, then sends, and
 * answers for who cannot get it. Doing it again does only what was not done. Throws when a table does not answer; what
 * has a row by then is safe.
 *
 * @param event what SES called with, kept while an alias leads nowhere yet
 * @param now epoch milliseconds
 */
export async function receive(
  mail: IncomingMail,
  event: unknown,
  ports: ReceivePorts,
  options: ReceiveOptions,
  now: number,
): Promise<Received> {
  const time = Math.floor(now / 1_000);
  const fates = await routeMail(mail, ports.tables, { ...options, now });
  const entries = await holdBack(entriesFor(envelopeOfMail(mail), fates, time), ports, time);
  const { rows, isRepeat } = await openRows(rowsFor(mail, event, fates, entries, time), ports.ledger);
  const tally = await deliver(
    entries.ready.filter((entry) => rows.includes(entry)),
    ports,
    options,
  );
  const answer = (await ports.ledger.of(mail.messageId)).find(isAnswer);
  // A large mail takes seconds, and what it owes is due from its end.
  const end = Math.max(time, Math.floor(ports.clock() / 1_000));
  if (answer?.state === 'due' && (answer.nextAttemptAt ?? 0) <= end) await giveAnswer(answer, ports, end);
  return { ...tally, fates, isRepeat };
}

/** Everything that a mail leaves in the ledger, before anything is sent. */
function rowsFor(
  mail: IncomingMail,
  event: unknown,
  fates: readonly Fate[],
  { ready, waiting }: Rows,
  time: number,
): LedgerRow[] {
  const envelope = envelopeOfMail(mail);
  const isLate = time - envelope.receivedAt > tryingTime;
  const refusals = envelope.answerable ? refusalsFor(fates, isLate) : [];
  const entries = [...ready, ...waiting];
  const isPending = !isLate && fates.some(({ kind }) => kind === 'pending');
  // More rows than one transaction takes may be cut short in between: then the event is read again.
  const others: LedgerRow[] = [
    ...(isPending || entries.length > rowsAtOnce ? [keptEvent(mail, event, time)] : []),
    ...(refusals.length > 0 ? [firstAnswer(envelope, refusals, time)] : []),
  ];
  const rows = [...others, ...entries];
  return rows.length > 0 ? rows : [nobodyRow(envelope, fates, time)];
}

/** Rows that are there stay as they are: closed, or somebody's, or for `retryDeliveries` to take. */
async function openRows(
  rows: readonly LedgerRow[],
  ledger: Ledger,
): Promise<{ readonly rows: readonly LedgerRow[]; readonly isRepeat: boolean }> {
  const [first] = rows;
  for (let attempt = 0; first !== undefined && attempt < conflictLimit; attempt += 1) {
    const known = await ledger.of(first.messageId);
    const isRepeat = known.length > 0;
    const added = rows.filter(
      (row) =>
        known.every(({ destination }) => destination !== row.destination) &&
        (row.destination !== nobodyKey || !isRepeat),
    );
    if (await ledger.open(added)) {
      const answer = rows.find(isAnswer);
      // An answer that was there may not name everybody yet.
      if (answer !== undefined && !added.includes(answer)) {
        await ledger.owe(answer, answer.refusals, answer.nextAttemptAt ?? 0);
      }
      return { rows: added, isRepeat };
    }
  }
  throw new Error('Others kept writing rows of a mail.');
}

/** Rows that a transaction takes besides the event and the answer. */
const rowsAtOnce = 98;
/** Tries at a mail whose event came twice at the same time. */
const conflictLimit = 5;

/** Rows to be sent now, and rows of blocked destinations that wait, where a recipient has no others. */
function entriesFor(envelope: Envelope, fates: readonly Fate[], time: number): Rows {
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
  return {
    ready,
    waiting: waiting.map((entry): Entry => ({ ...entry, attempts: 0, reason: 'blocked' })),
  };
}

interface Rows {
  readonly ready: readonly Entry[];
  readonly waiting: readonly Entry[];
}

/** While the account bounces too much, only destinations that were reached before get mail. */
async function holdBack({ ready, waiting }: Rows, ports: ReceivePorts, time: number): Promise<Rows> {
  if (!isUp(await ports.guard.read(), time)) return { ready, waiting };
  const reached: Entry[] = [];
  const held: Entry[] = [];
  for (const entry of ready) {
    if (await ports.ledger.hasReached(entry.alias, entry.destination)) reached.push(entry);
    else held.push({ ...entry, attempts: 0, reason: 'guard' });
  }
  return { ready: reached, waiting: [...waiting, ...held] };
}

type Routes = Parameters<typeof deliveriesOf>[0];

function newEntries(envelope: Envelope, routes: Routes, time: number): Entry[] {
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

function refusalsFor(fates: readonly Fate[], isLate: boolean): BouncedRecipient[] {
  return fates.flatMap((fate): BouncedRecipient[] => {
    const { recipient } = fate;
    switch (fate.kind) {
      case 'unknown':
      case 'inactive':
        return [{ recipient, cause: 'unknown' }];
      case 'refused':
        return [{ recipient, cause: 'policy' }];
      case 'pending':
        return isLate ? [{ recipient, cause: 'expired' }] : [];
      case 'routed':
        return fate.destinations.length === 0 && fate.blocked.every(({ passing }) => !passing)
          ? [{ recipient, cause: 'blocked' }]
          : [];
      default:
        return [];
    }
  });
}

function nobodyRow(envelope: Envelope, fates: readonly Fate[], time: number) {
  const [reason = ''] = fates.map(({ kind }) => kind);
  return {
    ...envelope,
    destination: nobodyKey,
    state: 'dropped',
    attempts: 0,
    reason,
    expiresAt: time + keepTime,
  } as const;
}
