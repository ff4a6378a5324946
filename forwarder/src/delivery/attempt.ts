import { type Address, joinAddress, splitAddress } from '../../../schema/src/text/address.ts';
import {
  type Milliseconds,
  milliseconds,
  plus,
  seconds,
  since,
  toMilliseconds,
  toSeconds,
} from '../../../schema/src/text/time.ts';
import { classify, type Fault, isRefused, isRetryable, nameOf, type Refused } from './fault.ts';
import type { Closing, DueEntry, Ledger } from './ledger.ts';
import type { Pace } from './pace.ts';
import type { Telemetry } from './telemetry.ts';

export interface Outgoing {
  /** Envelope sender: at a verified domain, and no alias, since bounces that SES mails go there. */
  readonly from: Address;
  readonly to: Address;
  readonly raw: Uint8Array;
}

/** Sends one mail to one destination, once: whoever calls decides about another try. */
export interface Sender {
  /** SES's id of the mail. Rejects with what `classify` sorts. */
  send(mail: Outgoing): Promise<string>;
}

export interface AttemptPorts {
  readonly ledger: Pick<Ledger, 'close' | 'note' | 'postpone'>;
  readonly sender: Sender;
  readonly telemetry: Telemetry;
  readonly clock: () => Milliseconds;
  readonly pause: (time: Milliseconds) => Promise<unknown>;
}

export interface DeliverOptions {
  readonly senderLocalPart: string;
  /** No attempt begins later. */
  readonly deadline: Milliseconds;
  /** What SES has for one mail: none is begun whose lease could end before. */
  readonly sendTime: Milliseconds;
  readonly pace: Pace;
}

/** What a mark in the ledger takes at most, after the send. */
const markTime = milliseconds(10_000);
/** Between two looks at an account that is at fault: a day's quota has room again as mails become a day old. */
export const accountWait = seconds(900);

/**
 * `sent`: SES took it and the ledger knows; `fallback`: it took a notice in its place. A refusal lasts, and the caller
 * decides what comes instead.
 */
export type Outcome = 'sent' | 'fallback' | 'due' | Refused;

/** Sends one mail to one destination, and closes its row as `state`, or notes why it is still due. */
export async function attempt(
  entry: DueEntry,
  raw: Buffer,
  state: 'sent' | 'fallback',
  ports: AttemptPorts,
  options: DeliverOptions,
): Promise<Outcome> {
  const { ledger, telemetry, clock } = ports;
  const from = sourceOf(entry.alias, options.senderLocalPart);
  const sent = await send(
    { from, to: entry.destination, raw },
    lastMoment(entry, options),
    ports,
    options.pace,
  );
  if (sent === undefined) return postpone(entry, options.pace, ports);
  if (sent.id === undefined) return afterFault(entry, sent, options.pace, ports);
  telemetry.count('delivered-success');
  telemetry.latency(since(toMilliseconds(entry.receivedAt), clock()));
  if (state === 'fallback') telemetry.count('fallback');
  const closing: Closing = { state, sesMessageId: sent.id };
  const isMarked = await mark(ports, entry, ledger.close(entry, closing, toSeconds(clock())));
  return isMarked ? state : 'due';
}

/**
 * Waits for a note in the ledger. Where it is refused the row stays due, and the next attempt may send the mail once
 * more: that is counted then, and said here.
 */
export async function mark(
  { telemetry }: Pick<AttemptPorts, 'telemetry'>,
  entry: DueEntry,
  write: Promise<unknown>,
): Promise<boolean> {
  try {
    await write;
    return true;
  } catch (error) {
    telemetry.alarm('An attempt could not be noted', { messageId: entry.messageId, reason: nameOf(error) });
    return false;
  }
}

/** A sender at the alias's domain that no alias has, so that notices to it end here. */
export function sourceOf(alias: Address, senderLocalPart: string): Address {
  return joinAddress(senderLocalPart, splitAddress(alias).domain);
}

type Sent =
  | { readonly id: string }
  | { readonly id?: undefined; readonly fault: Fault; readonly reason: string };

/** A send that begins by then ends, and is marked, while the row is ours. */
function lastMoment({ nextAttemptAt }: DueEntry, { deadline, sendTime }: DeliverOptions): Milliseconds {
  return milliseconds(Math.min(deadline, toMilliseconds(nextAttemptAt) - sendTime - markTime));
}

/** Undefined where SES has surely not taken it, and its turn does not come in time: asking us to slow down is no refusal. */
async function send(
  mail: Outgoing,
  by: Milliseconds,
  { sender, clock }: AttemptPorts,
  pace: Pace,
): Promise<Sent | undefined> {
  while ((await pace.turn(by)) && clock() <= by) {
    try {
      const id = await sender.send(mail);
      pace.taken();
      return { id };
    } catch (error) {
      const fault = classify(error);
      if (fault === 'quota') pace.stop();
      if (fault !== 'throttled') return { fault, reason: nameOf(error) };
      pace.refused();
    }
  }
  return undefined;
}

/** Gives a row back that was not tried: at once, or when the account may send again. */
async function postpone(entry: DueEntry, pace: Pace, ports: AttemptPorts): Promise<Outcome> {
  const now = toSeconds(ports.clock());
  const postponement = pace.isStopped
    ? { until: plus(now, accountWait), reason: 'quota', isHeld: true, isTaken: true }
    : { until: now, reason: 'no time left', isHeld: false, isTaken: true };
  await mark(ports, entry, ports.ledger.postpone(entry, postponement, now));
  return 'due';
}

async function afterFault(
  entry: DueEntry,
  { fault, reason }: { readonly fault: Fault; readonly reason: string },
  pace: Pace,
  ports: AttemptPorts,
): Promise<Outcome> {
  const { ledger, telemetry } = ports;
  telemetry.count('delivered-failure');
  if (fault === 'account' || fault === 'quota') telemetry.count('account-fault');
  if (isRefused(fault)) return fault;
  if (fault === 'quota') return postpone(entry, pace, ports);
  // Without a note, an attempt counts as one that may have arrived: after an unknown fault SES may have taken the mail.
  if (isRetryable(fault)) await mark(ports, entry, ledger.note(entry, reason));
  return 'due';
}
