import type { Address } from '../../../schema/src/text/address.ts';
import { plus, type Seconds, toSeconds } from '../../../schema/src/text/time.ts';
import type { BouncedRecipient } from '../mail/bounce.ts';
import type { IncomingMail } from '../mail/event.ts';
import { mayAnswer } from '../mail/judge.ts';
import type { Fate } from '../routing/route.ts';
import { type Brake, isEngaged } from './bounceRateBrake.ts';
import {
  type DueAnswer,
  type DueEntry,
  type DueEvent,
  type Envelope,
  eventKey,
  type FailedEntry,
  firstAnswer,
  keepTime,
  type Ledger,
  type LeftOut,
  leaseTime,
  type Nobody,
  nobodyKey,
} from './ledger.ts';

/** The destinations of a mail. */
export interface Entries {
  /** To be sent now. */
  readonly ready: readonly DueEntry[];
  /** To be tried later, for the reason that each gives. */
  readonly waiting: readonly DueEntry[];
  /** Closed from the start: blocked for good. */
  readonly closed: readonly FailedEntry[];
}

/**
 * The rows of a mail's destinations, each once. One that is blocked has a row too: it waits where the block passes, and
 * is closed where it lasts.
 */
export async function entriesFor(
  envelope: Envelope,
  fates: readonly Fate[],
  brake: Brake | undefined,
  ledger: Pick<Ledger, 'reached'>,
  time: Seconds,
): Promise<Entries> {
  const routed = fates.filter((fate) => fate.kind === 'routed');
  const shared = new Set(
    routed
      .filter(({ destinations, blocked }) => destinations.length + blocked.length > 1)
      .map(({ alias }) => alias),
  );
  const blockedRoutes = (isTransient: boolean) =>
    routed.map(({ blocked, ...fate }) => ({
      ...fate,
      destinations: blocked
        .filter(({ transient }) => transient === isTransient)
        .map(({ destination }) => destination),
    }));
  const entriesOf = (routes: readonly Route[]) => newEntries(envelope, routes, shared, time);
  const ready = entriesOf(routed);
  const waiting = without(ready, entriesOf(blockedRoutes(true)));
  const closed = without([...ready, ...waiting], entriesOf(blockedRoutes(false)));
  const entries = {
    ready,
    waiting: waiting.map((entry): DueEntry => ({ ...entry, attempts: 0, reason: 'blocked' })),
    closed: closed.map((entry) => closedEntry(entry, time)),
  };
  return crowdApart(isEngaged(brake, time) ? await holdBack(entries, ledger, time) : entries, time);
}

/** Destinations that a mail is sent to at once: with more of them the others wait their turn, behind other mail. */
const handful = 20;

function crowdApart({ ready, waiting, closed }: Entries, time: Seconds): Entries {
  const crowd = ready
    .slice(handful)
    .map((entry): DueEntry => ({ ...entry, attempts: 0, nextAttemptAt: time, isBulk: true }));
  return { ready: ready.slice(0, handful), waiting: [...waiting, ...crowd], closed };
}

/** Two looks at the blocks of one destination may differ: the first list has it. */
function without(others: readonly DueEntry[], entries: readonly DueEntry[]): DueEntry[] {
  return entries.filter((entry) => others.every(({ destination }) => destination !== entry.destination));
}

function closedEntry({ nextAttemptAt: _, ...entry }: DueEntry, time: Seconds): FailedEntry {
  return { ...entry, state: 'bounced', attempts: 0, reason: 'blocked', expiresAt: plus(time, keepTime) };
}

/** While the account bounces too much, only destinations that were reached before get mail. */
async function holdBack(
  { ready, waiting, closed }: Entries,
  ledger: Pick<Ledger, 'reached'>,
  time: Seconds,
): Promise<Entries> {
  const known = await ledger.reached(
    ready.map(({ destination }) => destination),
    time,
  );
  const held = ready
    .filter(({ destination }) => !known.has(destination))
    .map((entry): DueEntry => ({ ...entry, attempts: 0, reason: 'guard', isBulk: true }));
  return {
    ready: ready.filter(({ destination }) => known.has(destination)),
    waiting: [...waiting, ...held],
    closed,
  };
}

function newEntries(
  envelope: Envelope,
  routes: readonly Route[],
  shared: ReadonlySet<Address>,
  time: Seconds,
): DueEntry[] {
  return deliveriesOf(routes).map(({ destination, alias, recipient }) => ({
    ...envelope,
    destination,
    alias,
    recipient,
    ...(shared.has(alias) ? { isShared: true as const } : {}),
    recipients: routes
      .filter((route) => route.destinations.includes(destination))
      .map((route) => route.recipient),
    state: 'due',
    attempts: 1,
    nextAttemptAt: plus(time, leaseTime),
    since: envelope.receivedAt,
  }));
}

/** Rows that a transaction takes besides the event, and what is about the mail's other recipients. */
const rowsAtOnce = 98;

export type IntakeRow = DueEntry | FailedEntry | DueAnswer | DueEvent | Nobody;

/** Everything that a mail leaves in the ledger, before anything is sent. */
export function rowsFor(
  mail: IncomingMail,
  event: unknown,
  fates: readonly Fate[],
  { ready, waiting, closed }: Entries,
  time: Seconds,
): IntakeRow[] {
  const envelope = envelopeOfMail(mail);
  const refusals = envelope.answerable ? refusalsFor(fates) : [];
  const leftOut = fates.filter((fate) => fate.kind !== 'routed');
  const entries = [...ready, ...waiting, ...closed];
  // Every mail has a row: one without is taken for lost.
  const isUnnamed = refusals.length === 0 && (leftOut.length > 0 || entries.length === 0);
  // More rows than one transaction takes may be cut short in between: then the event is read again.
  const others: IntakeRow[] = [
    ...(entries.length > rowsAtOnce ? [keptEvent(mail, event, time)] : []),
    ...(refusals.length > 0 ? [answerRow(envelope, refusals, leftOut, time)] : []),
    ...(isUnnamed ? [nobodyRow(envelope, leftOut, 'dropped', time)] : []),
  ];
  return [...others, ...entries];
}

function answerRow(
  envelope: Envelope,
  refusals: readonly BouncedRecipient[],
  leftOut: readonly LeftOut[],
  time: Seconds,
): DueAnswer {
  const answer = firstAnswer(envelope, refusals, time);
  return leftOut.length === 0 ? answer : { ...answer, leftOut };
}

function refusalsFor(fates: readonly Fate[]): BouncedRecipient[] {
  return fates.flatMap((fate): BouncedRecipient[] => {
    const { recipient } = fate;
    switch (fate.kind) {
      case 'unknown':
      case 'inactive':
        return [{ recipient, cause: 'unknown' }];
      case 'refused':
        return [{ recipient, cause: 'policy' }];
      case 'routed':
        return fate.destinations.length === 0 && fate.blocked.every(({ transient }) => !transient)
          ? [{ recipient, cause: 'blocked' }]
          : [];
      default:
        return [];
    }
  });
}

/** The row of recipients who get nothing, `bounced` where SES tells the sender, and whom no answer names. */
export function nobodyRow(
  envelope: Envelope,
  leftOut: readonly LeftOut[],
  state: Nobody['state'],
  time: Seconds,
): Nobody {
  const [reason = ''] = leftOut.map(({ kind }) => kind);
  return {
    ...envelope,
    destination: nobodyKey,
    state,
    attempts: 0,
    reason,
    leftOut,
    expiresAt: plus(time, keepTime),
  };
}

/** The row of an event that is read again from `time` on. */
export function keptEvent(mail: IncomingMail, event: unknown, time: Seconds): DueEvent {
  return {
    ...envelopeOfMail(mail),
    destination: eventKey,
    state: 'due',
    attempts: 0,
    nextAttemptAt: time,
    event: JSON.stringify(event),
  };
}

export function envelopeOfMail(mail: IncomingMail): Envelope {
  return {
    messageId: mail.messageId,
    ...(mail.headerMessageId === undefined ? {} : { headerMessageId: mail.headerMessageId }),
    sender: mail.source,
    receivedAt: toSeconds(mail.receivedAt),
    verdicts: mail.verdicts,
    answerable: mayAnswer(mail),
  };
}

/** Where the mail to one envelope recipient goes. */
export interface Route {
  /** As in the envelope. */
  readonly recipient: string;
  /** What the destination sees in From: the recipient's local part at its main domain. */
  readonly alias: Address;
  readonly destinations: readonly Address[];
}

export interface Delivery {
  readonly destination: Address;
  readonly alias: Address;
  readonly recipient: string;
}

/**
 * Each destination once, however many recipients lead there: in the name of the first that does, in the event's
 * order.
 */
export function deliveriesOf(routes: readonly Route[]): Delivery[] {
  const deliveries = new Map<Address, Delivery>();
  for (const { recipient, alias, destinations } of routes) {
    for (const destination of destinations) {
      if (!deliveries.has(destination)) deliveries.set(destination, { destination, alias, recipient });
    }
  }
  return [...deliveries.values()];
}
