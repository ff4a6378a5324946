import { type Address, joinAddress, splitAddress } from '../../../schema/src/text/address.ts';
import {
  type Milliseconds,
  milliseconds,
  plus,
  since,
  toMilliseconds,
  toSeconds,
} from '../../../schema/src/text/time.ts';
import { classify, type Fault, isRefused, isRetryable, nameOf, type Refused } from './fault.ts';
import type { Closing, DueEntry, Ledger } from './ledger.ts';
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
  readonly ledger: Pick<Ledger, 'close' | 'note'>;
  readonly sender: Sender;
  readonly telemetry: Telemetry;
  readonly clock: () => Milliseconds;
  readonly pause: (time: Milliseconds) => Promise<unknown>;
}

export interface DeliverOptions {
  readonly senderLocalPart: string;
  /** No attempt begins later. */
  readonly deadline: Milliseconds;
}

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
  if (clock() > options.deadline) {
    await mark(ports, entry, ledger.note(entry, 'no time left'));
    return 'due';
  }
  const from = sourceOf(entry.alias, options.senderLocalPart);
  const sent = await send({ from, to: entry.destination, raw }, ports, options.deadline);
  if (sent.id === undefined) return afterFault(entry, sent, ports);
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

/** Between tries at a mail that SES has surely not taken, since it asked us to slow down. */
const pauses = [300, 1_000, 2_000].map(milliseconds);

async function send(
  mail: Outgoing,
  { sender, clock, pause }: AttemptPorts,
  deadline: Milliseconds,
): Promise<Sent> {
  for (let tries = 0; ; tries += 1) {
    try {
      return { id: await sender.send(mail) };
    } catch (error) {
      const fault = classify(error);
      const wait = pauses[tries];
      const canWait = fault === 'throttled' && wait !== undefined && plus(clock(), wait) < deadline;
      if (!canWait) return { fault, reason: nameOf(error) };
      await pause(wait);
    }
  }
}

async function afterFault(
  entry: DueEntry,
  { fault, reason }: { readonly fault: Fault; readonly reason: string },
  ports: AttemptPorts,
): Promise<Outcome> {
  const { ledger, telemetry } = ports;
  telemetry.count('delivered-failure');
  if (fault === 'account') telemetry.count('account-fault');
  if (isRefused(fault)) return fault;
  // Without a note, an attempt counts as one that may have arrived: after an unknown fault SES may have taken the mail.
  if (isRetryable(fault)) await mark(ports, entry, ledger.note(entry, reason));
  return 'due';
}
