import { type Address, joinAddress, splitAddress } from '../../../schema/src/address.ts';
import { isLoop } from '../mail/loop.ts';
import { headroom, openMessage } from '../mail/message.ts';
import { rewrite } from '../mail/rewrite.ts';
import { inParallel } from '../routing/inParallel.ts';
import { endDeliveries } from './end.ts';
import { classify, type Fault, nameOf } from './fault.ts';
import type { Entry, Ledger } from './ledger.ts';
import type { Sender } from './sender.ts';
import type { Telemetry } from './telemetry.ts';

export interface DeliverPorts {
  readonly ledger: Pick<Ledger, 'of' | 'owe' | 'close' | 'note'>;
  readonly bucket: {
    fetch(
      messageId: string,
      limit: number,
    ): Promise<{ readonly buffer: Buffer; readonly size: number; readonly isWhole: boolean }>;
  };
  readonly sender: Sender;
  readonly telemetry: Telemetry;
  /** Epoch milliseconds. */
  readonly clock: () => number;
  readonly pause: (milliseconds: number) => Promise<unknown>;
}

export interface DeliverOptions {
  readonly senderLocalPart: string;
  /** Epoch milliseconds: no attempt begins later. */
  readonly deadline: number;
}

/** How many of a mail's destinations ended how in this attempt. */
export interface Tally {
  readonly sent: number;
  readonly due: number;
  readonly refused: number;
  readonly looped: number;
}

/** Bytes. In base64 and with its new header it is still below SES's 40 MB. */
const sizeLimit = 28 * 1_048_576;

/**
 * Sends one mail to the destinations of `entries`, which share a message id and are all taken by the caller. Every
 * outcome is in the ledger when it returns; what is not sent, and not refused for good, stays due.
 */
export async function deliver(
  entries: readonly Entry[],
  ports: DeliverPorts,
  options: DeliverOptions,
): Promise<Tally> {
  const [first] = entries;
  if (first === undefined) return { sent: 0, due: 0, refused: 0, looped: 0 };
  const mail = await fetchMail(first.messageId, entries, ports);
  if (mail === undefined) return { sent: 0, due: entries.length, refused: 0, looped: 0 };
  const message = openMessage(mail.buffer, headroom);
  const results: Result[] = [];
  // One alias after the other: their headers are laid over the same bytes.
  for (const [alias, group] of Map.groupBy(entries, (entry) => entry.alias)) {
    if (isLoop(message, alias)) {
      results.push(...(await closeLoop(group, ports)));
      continue;
    }
    const raw = rewrite(message, { alias, senderLocalPart: options.senderLocalPart });
    await inParallel(group, concurrencyFor(mail.size), async (entry) => {
      results.push(await attempt(entry, raw, ports, options));
    });
  }
  const refused = results.filter(({ outcome }) => outcome === 'refused').map(({ entry }) => entry);
  const closing = { state: 'bounced', cause: 'content', reason: 'refused by SES' } as const;
  await endDeliveries(ports.ledger, refused, closing, seconds(ports.clock()));
  const number = (outcome: Outcome) => results.filter((result) => result.outcome === outcome).length;
  return { sent: number('sent'), due: number('due'), refused: refused.length, looped: number('looped') };
}

type Outcome = 'sent' | 'due' | 'refused' | 'looped';
interface Result {
  readonly entry: Entry;
  readonly outcome: Outcome;
}

async function fetchMail(messageId: string, entries: readonly Entry[], ports: DeliverPorts) {
  const { bucket, ledger } = ports;
  try {
    return await bucket.fetch(messageId, sizeLimit);
  } catch (error) {
    for (const entry of entries) await mark(ports, entry, ledger.note(entry, `fetch: ${nameOf(error)}`));
    return undefined;
  }
}

async function closeLoop(group: readonly Entry[], { ledger, telemetry, clock }: DeliverPorts) {
  for (const entry of group) await ledger.close(entry, { state: 'loop' }, seconds(clock()));
  telemetry.count('loop', group.length);
  return group.map((entry): Result => ({ entry, outcome: 'looped' }));
}

/** Ten megabytes on their way at most, since each request holds the mail in base64. */
function concurrencyFor(size: number): number {
  return Math.max(1, Math.min(10, Math.floor((10 * 1_048_576) / size)));
}

async function attempt(
  entry: Entry,
  raw: Buffer,
  ports: DeliverPorts,
  options: DeliverOptions,
): Promise<Result> {
  const { ledger, telemetry, clock } = ports;
  if (clock() > options.deadline) {
    await mark(ports, entry, ledger.note(entry, 'no time left'));
    return { entry, outcome: 'due' };
  }
  const from = sourceOf(entry.alias, options.senderLocalPart);
  const sent = await send({ from, to: entry.destination, raw }, ports, options.deadline);
  if (sent.id !== undefined) {
    telemetry.count('delivered-success');
    telemetry.latency(clock() - entry.receivedAt * 1_000);
    const closing = { state: 'sent', sesMessageId: sent.id } as const;
    const isMarked = await mark(ports, entry, ledger.close(entry, closing, seconds(clock())));
    return { entry, outcome: isMarked ? 'sent' : 'due' };
  }
  telemetry.count('delivered-failure');
  if (sent.fault === 'throttled' || sent.fault === 'passing') {
    await mark(ports, entry, ledger.note(entry, sent.reason));
  }
  const isPassing = sent.fault === 'throttled' || sent.fault === 'passing' || sent.fault === 'unknown';
  return { entry, outcome: isPassing ? 'due' : 'refused' };
}

/**
 * Waits for a note in the ledger. Where it is refused the row stays due, and the next attempt may send the mail once
 * more: that is counted then, and said here.
 */
async function mark({ telemetry }: DeliverPorts, entry: Entry, write: Promise<unknown>): Promise<boolean> {
  try {
    await write;
    return true;
  } catch (error) {
    telemetry.alarm('An attempt could not be noted', { messageId: entry.messageId, reason: nameOf(error) });
    return false;
  }
}

/** SES's own sender address at the alias's domain: nobody's alias, so that notices to it end with us. */
function sourceOf(alias: Address, senderLocalPart: string): Address {
  return joinAddress(senderLocalPart, splitAddress(alias).domain);
}

type Sent =
  | { readonly id: string; readonly fault?: never; readonly reason?: never }
  | { readonly id?: never; readonly fault: Fault; readonly reason: string };

/** Milliseconds between tries at a mail that SES has surely not taken, since it asked us to slow down. */
const pauses = [300, 1_000, 2_000];

async function send(
  mail: { readonly from: Address; readonly to: Address; readonly raw: Buffer },
  { sender, clock, pause }: DeliverPorts,
  deadline: number,
): Promise<Sent> {
  for (const wait of [...pauses, undefined]) {
    try {
      return { id: await sender.send(mail) };
    } catch (error) {
      const fault = classify(error);
      const canWait = fault === 'throttled' && wait !== undefined && clock() + wait < deadline;
      if (!canWait) return { fault, reason: nameOf(error) };
      await pause(wait);
    }
  }
  return { fault: 'throttled', reason: 'throttled' };
}

function seconds(milliseconds: number): number {
  return Math.floor(milliseconds / 1_000);
}
