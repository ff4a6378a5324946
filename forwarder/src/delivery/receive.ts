import type { IncomingMail } from '../mail/event.ts';
import { type Fate, type RouteOptions, type RouteTables, routeMail } from '../routing/route.ts';
import { type AnswerPorts, giveAnswer } from './answer.ts';
import { type DeliverOptions, type DeliverPorts, deliver, type Tally } from './deliver.ts';
import { entriesFor } from './entries.ts';
import type { Guard } from './guard.ts';
import { envelopeOfMail } from './keep.ts';
import { isAnswer, type Ledger } from './ledger.ts';
import { openRows } from './openRows.ts';
import { rowsFor } from './rows.ts';

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
 * @param event what SES called with, kept where its rows are more than one write takes
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
  // None needs another's answer, and SES waits for all of them.
  const [fates, guard, known] = await Promise.all([
    routeMail(mail, ports.tables, { ...options, now }),
    ports.guard.read(),
    ports.ledger.of(mail.messageId),
  ]);
  const entries = await entriesFor(envelopeOfMail(mail), fates, guard, ports.ledger, time);
  // Slow tables must not use up the time that keeping the event needs.
  if (ports.clock() > options.deadline) throw new Error('The tables took too long.');
  const wanted = rowsFor(mail, event, fates, entries, time);
  const { rows, isRepeat } = await openRows(wanted, known, ports.ledger);
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
