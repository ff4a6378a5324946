import type { BouncedRecipient } from '../mail/bounce.ts';
import type { IncomingMail } from '../mail/event.ts';
import { deliveriesOf } from '../mail/recipients.ts';
import { inParallel } from '../routing/inParallel.ts';
import { type Fate, type RouteOptions, type RouteTables, routeMail } from '../routing/route.ts';
import { type AnswerPorts, giveAnswer } from './answer.ts';
import { leaseTime, tryingTime } from './backoff.ts';
import { type DeliverOptions, type DeliverPorts, deliver, type Tally } from './deliver.ts';
import { type Guard, isUp } from './guard.ts';
import { envelopeOfMail } from './keep.ts';
import { type Entry, type Envelope, isAnswer, keepTime, type Ledger, nobodyKey } from './ledger.ts';

export interface ReceivePorts extends DeliverPorts, AnswerPorts {
  readonly ledger: Ledger;
  readonly bucket: DeliverPorts['bucket'];
  readonly tables: RouteTables;
  readonly guard: { read(): Promise<Guard | undefined> };
}

export type ReceiveOptions = Omit<RouteOptions, 'now'> & DeliverOptions;

export interface Received extends Tally {
  readonly fates: readonly Fate[];
  /** Recipients whose alias leads nowhere yet: the event has to be kept and read again. */
  readonly pending: number;
  /** Whether the ledger knew the mail: SES repeats an event, and a kept one is read again. */
  readonly isRepeat: boolean;
}

/**
 * Takes one mail in: decides for every recipient, writes a row a destination before anything is sent, sends, and
 * answers for who cannot get it. Doing it again does only what was not done. Throws when a table does not answer; what
 * has a row by then is safe.
 *
 * @param now epoch milliseconds
 */
export async function receive(
  mail: IncomingMail,
  ports: ReceivePorts,
  options: ReceiveOptions,
  now: number,
): Promise<Received> {
  const time = Math.floor(now / 1_000);
  const envelope = envelopeOfMail(mail);
  const fates = await routeMail(mail, ports.tables, { ...options, now });
  const known = await ports.ledger.of(mail.messageId);
  const { ready, waiting } = await holdBack(entriesFor(envelope, fates, time), ports, time);
  const taken: Entry[] = [];
  const failure = await failureOf(
    inParallel([...ready, ...waiting], 10, async (entry) => {
      // A row that is there is closed, or somebody's, or for `retryDeliveries` to take.
      const isKnown = known.some(({ destination }) => destination === entry.destination);
      if (!isKnown && (await ports.ledger.open(entry)) && ready.includes(entry)) taken.push(entry);
    }),
  );
  const tally = await deliver(taken, ports, options);
  if (failure !== undefined) throw failure.reason;
  const isLate = time - envelope.receivedAt > tryingTime;
  const refusals = refusalsFor(fates, isLate);
  if (refusals.length > 0 && envelope.answerable) await ports.ledger.owe(envelope, refusals, time);
  const answer = (await ports.ledger.of(mail.messageId)).find(isAnswer);
  if (answer?.state === 'due' && (answer.nextAttemptAt ?? 0) <= time) await giveAnswer(answer, ports, time);
  const pending = isLate ? 0 : fates.filter(({ kind }) => kind === 'pending').length;
  if (ready.length + waiting.length + pending === 0 && answer === undefined) {
    await ports.ledger.open(nobodyRow(envelope, fates, time));
  }
  return { ...tally, fates, pending, isRepeat: known.length > 0 };
}

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

async function failureOf(work: Promise<void>): Promise<{ readonly reason: unknown } | undefined> {
  try {
    await work;
    return undefined;
  } catch (reason) {
    return { reason };
  }
}
