import type { Address } from '../../../schema/src/text/address.ts';
import { type Seconds, seconds } from '../../../schema/src/text/time.ts';
import {
  type Answer,
  answerKey,
  type Entry,
  type Envelope,
  eventKey,
  type KeptEvent,
  type LedgerRow,
  type LeftOut,
  nobodyKey,
} from '../delivery/ledger.ts';
import { type BouncedRecipient, causes } from '../mail/bounce.ts';
import { type Verdict, verdicts } from '../mail/event.ts';
import type { Item } from './documents.ts';

/**
 * An item of the Deliveries table as a row; undefined for one that is none, such as the brake's. Nobody but us writes the
 * table, so an address is taken as it was written.
 */
export function readRow(item: Item): LedgerRow | undefined {
  switch (item.destination) {
    case answerKey:
      return readAnswer(item);
    case eventKey:
      return readKeptEvent(item);
    case nobodyKey:
      return {
        ...readAttempted(item),
        destination: nobodyKey,
        leftOut: list(item.leftOut).flatMap(readLeftOut),
        ...readClosed(item, item.state === 'bounced' ? 'bounced' : 'dropped'),
      };
    default:
      return readEntry(item);
  }
}

function readEntry(item: Item): Entry | undefined {
  const unattachable = (['too-large', 'attachment'] as const).find((known) => known === item.unattachable);
  const delivery = {
    ...readAttempted(item),
    destination: text(item.destination) as Address,
    alias: text(item.alias) as Address,
    recipient: text(item.recipient),
    ...(item.isShared === true ? { isShared: true as const } : {}),
    recipients: list(item.recipients).map(text),
    ...(unattachable === undefined ? {} : { unattachable }),
    since: time(item.since ?? item.receivedAt),
    ...(item.isBulk === true ? { isBulk: true as const } : {}),
  };
  switch (item.state) {
    case 'due':
      return { ...delivery, ...readDue(item) };
    case 'sent':
    case 'fallback':
      return { ...delivery, ...readClosed(item, item.state), sesMessageId: text(item.sesMessageId) };
    case 'bounced':
    case 'given-up':
    case 'loop':
      return {
        ...delivery,
        ...readClosed(item, item.state),
        ...(typeof item.sesMessageId === 'string' ? { sesMessageId: item.sesMessageId } : {}),
      };
    default:
      return undefined;
  }
}

function readAnswer(item: Item): Answer {
  const answer = {
    ...readAttempted(item),
    destination: answerKey,
    refusals: list(item.refusals).flatMap(readRefusal),
    told: Number(item.told) || 0,
    ...(item.leftOut === undefined ? {} : { leftOut: list(item.leftOut).flatMap(readLeftOut) }),
  } as const;
  if (item.state === 'due') return { ...answer, ...readDue(item) };
  return { ...answer, ...readClosed(item, item.state === 'dropped' ? 'dropped' : 'bounced') };
}

function readKeptEvent(item: Item): KeptEvent {
  const event = { ...readAttempted(item), destination: eventKey, event: text(item.event) } as const;
  return item.state === 'due' ? { ...event, ...readDue(item) } : { ...event, ...readClosed(item, 'dropped') };
}

function readAttempted(
  item: Item,
): Envelope & { readonly attempts: number; readonly postponed?: number; readonly reason?: string } {
  return {
    messageId: text(item.messageId),
    ...(typeof item.headerMessageId === 'string' ? { headerMessageId: item.headerMessageId } : {}),
    sender: text(item.sender),
    receivedAt: time(item.receivedAt),
    verdicts: {
      spam: readVerdict(item, 'spam'),
      virus: readVerdict(item, 'virus'),
      spf: readVerdict(item, 'spf'),
      dkim: readVerdict(item, 'dkim'),
      dmarc: readVerdict(item, 'dmarc'),
    },
    answerable: item.answerable === true,
    attempts: Number(item.attempts) || 0,
    ...(item.postponed === undefined ? {} : { postponed: Number(item.postponed) || 0 }),
    ...(typeof item.reason === 'string' ? { reason: item.reason } : {}),
  };
}

function readDue(item: Item) {
  return { state: 'due', nextAttemptAt: time(item.nextAttemptAt) } as const;
}

function readClosed<State extends string>(item: Item, state: State) {
  return { state, expiresAt: time(item.expiresAt) };
}

function readVerdict({ verdicts: written }: Item, name: string): Verdict {
  const own = (written as Item | undefined)?.[name];
  return verdicts.find((verdict) => verdict === own) ?? 'PROCESSING_FAILED';
}

function readRefusal(value: unknown): BouncedRecipient[] {
  const { recipient, cause } = value as Item;
  const known = causes.find((one) => one === cause);
  return typeof recipient === 'string' && known !== undefined ? [{ recipient, cause: known }] : [];
}

const verdictReasons = ['spam', 'virus', 'dmarc', 'spf', 'dkim'] as const;

function readLeftOut(value: unknown): LeftOut[] {
  const { recipient, kind, reason } = value as Item;
  const plain = (['unknown', 'inactive', 'reserved', 'unmanaged'] as const).find((one) => one === kind);
  if (plain !== undefined) return [{ kind: plain, recipient: text(recipient) }];
  const judged = (['dropped', 'refused'] as const).find((one) => one === kind);
  const why = verdictReasons.find((one) => one === reason);
  return judged === undefined || why === undefined
    ? []
    : [{ kind: judged, recipient: text(recipient), reason: why }];
}

function time(value: unknown): Seconds {
  return seconds(Number(value) || 0);
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
