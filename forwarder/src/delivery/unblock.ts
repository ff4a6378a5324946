import { unblockedBefore } from '../../../schema/src/records/blocks.ts';
import type { BounceKey, BounceRow, StoredBounce } from '../../../schema/src/records/bounceRow.ts';
import type { AliasRow } from '../../../schema/src/records/records.ts';
import type { Address } from '../../../schema/src/text/address.ts';
import { dayOf, plus, type Seconds, seconds, since } from '../../../schema/src/text/time.ts';
import { unblockedNotice } from '../mail/unblockedNotice.ts';
import { type Sender, sourceOf } from './attempt.ts';
import { nameOf } from './fault.ts';
import { isEntry, type Ledger } from './ledger.ts';

export interface UnblockPorts {
  readonly bounces: { readAll(): Promise<StoredBounce[]>; remove(key: BounceKey): Promise<void> };
  readonly aliases: { leadingTo(destination: string): Promise<AliasRow[]> };
  readonly ledger: Pick<Ledger, 'reopen' | 'close'>;
  readonly sender: Sender;
  readonly suppression: { remove(address: string): Promise<boolean> };
}

export interface UnblockOptions {
  readonly senderLocalPart: string;
  readonly softBounceLimit: number;
  /** Also a mailbox that blocked itself again. */
  readonly again: boolean;
}

export type Unblocked =
  | {
      readonly removed: number;
      readonly wasSuppressed: boolean;
      /** Whether the mailbox was told: no, where no alias leads there, or SES refuses it for the reason given. */
      readonly told: boolean | string;
    }
  /** It was unblocked on this day, less than a week ago, and mail to it came back since. */
  | { readonly blockedAgain: string };

/**
 * Removes what blocks a destination, ours and SES's, and tells it what happened. The ledger keeps that under a key of its
 * own, so that a bounce of that mail finds it, and later ones too.
 */
export async function unblock(
  destination: Address,
  ports: UnblockPorts,
  options: UnblockOptions,
  now: Seconds,
): Promise<Unblocked> {
  const all = await ports.bounces.readAll();
  const rows = all.filter((row) => row.destination === destination);
  const before = unblockedBefore(rows, now, options.softBounceLimit);
  if (before !== undefined && !options.again) return { blockedAgain: dayOf(seconds(before)) };
  // SES first: our rows show the address as blocked until it is free everywhere.
  const wasSuppressed = await ports.suppression.remove(destination);
  for (const { key } of rows) await ports.bounces.remove(key);
  const isTold = rows.length > 0 || wasSuppressed;
  const told = isTold ? await tell(destination, rows, ports, options, now) : false;
  return { removed: rows.length, wasSuppressed, told };
}

async function tell(
  destination: Address,
  rows: readonly BounceRow[],
  { aliases, ledger, sender }: UnblockPorts,
  { senderLocalPart }: UnblockOptions,
  now: Seconds,
): Promise<boolean | string> {
  const names = [...new Set((await aliases.leadingTo(destination)).map(({ alias }) => alias))].sort();
  const [alias] = names;
  if (alias === undefined) return false;
  const sorted = rows.toSorted((a, b) => a.createdAt - b.createdAt);
  const [first] = sorted;
  const last = sorted.at(-1);
  const blocking = {
    aliases: names,
    since: first === undefined ? undefined : dayOf(seconds(first.createdAt)),
    reason: last?.type === 'complaint' ? 'our mail was marked as spam in this mailbox' : last?.diagnosticCode,
  };
  const raw = unblockedNotice(blocking, { alias, senderLocalPart });
  try {
    const sesMessageId = await sender.send({ from: sourceOf(alias, senderLocalPart), to: destination, raw });
    await note(destination, alias, sesMessageId, ledger, now);
    return true;
  } catch (error) {
    return nameOf(error);
  }
}

/** The hash key of the rows that say who was unblocked. */
const unblockedKey = '#unblocked';
/** For how long that is held against a mailbox. */
const week = seconds(7 * 86_400);

async function note(
  destination: Address,
  alias: Address,
  sesMessageId: string,
  ledger: UnblockPorts['ledger'],
  now: Seconds,
): Promise<void> {
  const verdict = 'DISABLED';
  const entry = {
    messageId: unblockedKey,
    sender: '',
    receivedAt: now,
    verdicts: { spam: verdict, virus: verdict, spf: verdict, dkim: verdict, dmarc: verdict },
    answerable: false,
    destination,
    alias,
    recipient: alias,
    recipients: [],
    attempts: 0,
    state: 'sent',
    sesMessageId,
    since: now,
    expiresAt: plus(now, week),
  } as const;
  // Written over what an earlier time left; it is due in a week, should it not be closed.
  const due = await ledger.reopen(entry, plus(now, week));
  await ledger.close(due, { state: 'sent', sesMessageId }, now);
}

/** When a destination was unblocked, where that is less than a week ago. */
export async function unblockedAt(
  destination: string,
  ledger: Pick<Ledger, 'of'>,
  now: Seconds,
): Promise<Seconds | undefined> {
  const entries = (await ledger.of(unblockedKey)).filter(isEntry);
  const own = entries.find((entry) => entry.destination === destination);
  return own !== undefined && since(own.receivedAt, now) < week ? own.receivedAt : undefined;
}
