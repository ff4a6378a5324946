import { blockOf } from '../../../schema/src/records/blocks.ts';
import type { Address } from '../../../schema/src/text/address.ts';
import { splitAddress } from '../../../schema/src/text/address.ts';
import { plus, type Seconds, toMilliseconds } from '../../../schema/src/text/time.ts';
import { readEvent } from '../mail/event.ts';
import { headroom, openMessage } from '../mail/message.ts';
import { storedEvent } from '../mail/storedEvent.ts';
import { deliver, type Tally } from './deliver.ts';
import { nameOf } from './fault.ts';
import type { SweepPorts } from './keptEvents.ts';
import {
  type DueEntry,
  type Entry,
  type Envelope,
  envelopeOf,
  isEntry,
  type LedgerRow,
  leaseTime,
} from './ledger.ts';
import { type ReceiveOptions, type ReceivePorts, receive } from './receive.ts';

export interface ReplayRequest {
  readonly messageId: string;
  /** Instead of the destinations that did not get it. */
  readonly to?: Address;
  /** In whose name, where the ledger does not know the mail, or its header does not say to whom it came. */
  readonly alias?: Address;
}

type Ports = ReceivePorts & { readonly events: Pick<SweepPorts['events'], 'readEvent' | 'forgetEvent'> };

type BlockLimits = Pick<ReceiveOptions, 'bounceLimit' | 'softBounceLimit'>;

/** `recipients`: of a mail that was taken in as if it came now. */
export type Replayed =
  | { readonly tally: Tally; readonly recipients?: readonly string[] }
  | { readonly fault: string };

/**
 * Sends a stored mail once more, on purpose: to the destinations that did not get it, or to another one. The rows start
 * a new day of trying. A mail that nothing knows of is taken in, as the one that it was.
 */
export async function replay(
  request: ReplayRequest,
  ports: Ports,
  options: ReceiveOptions,
  now: Seconds,
): Promise<Replayed> {
  const rows = await ports.ledger.of(request.messageId);
  const { to } = request;
  if (to !== undefined && (await ports.tables.domains.live(splitAddress(to).domain)) !== undefined) {
    return { fault: `${to} is one of your aliases: name a mailbox outside.` };
  }
  if (to === undefined && rows.length === 0) return takeIn(request, ports, options, now);
  const chosen =
    to === undefined ? await unblocked(missed(rows), ports, options, now) : entryFor(request, to, rows, now);
  if ('fault' in chosen) return chosen;
  const taken = await takeAnew(chosen, ports, now);
  const tally = await deliver(taken, ports, options);
  const others = 'copy' in chosen ? 0 : chosen.entries.length - taken.length;
  return { tally: { ...tally, due: tally.due + others } };
}

async function takeIn(
  { messageId, alias }: ReplayRequest,
  ports: Ports,
  options: ReceiveOptions,
  now: Seconds,
): Promise<Replayed> {
  const found = (await keptEventOf(messageId, ports)) ?? (await eventInHeader(messageId, alias, ports));
  if ('fault' in found) return found;
  const mail = readEvent(found.event);
  const received = await receive(mail, found.event, ports, options, toMilliseconds(now));
  await ports.events.forgetEvent(messageId);
  const { sent, fallback, due, refused, looped } = received;
  return { tally: { sent, fallback, due, refused, looped }, recipients: mail.recipients };
}

type FoundEvent = { readonly event: unknown };

async function keptEventOf(messageId: string, { events }: Ports): Promise<FoundEvent | undefined> {
  return whereStored(async () => ({ event: await events.readEvent(messageId) }));
}

async function eventInHeader(
  messageId: string,
  alias: Address | undefined,
  { bucket }: Ports,
): Promise<FoundEvent | Fault> {
  const mail = await whereStored(() => bucket.fetch(messageId, 0));
  if (mail === undefined) return { fault: 'There is no such mail: mails are kept for seven days.' };
  const stored = storedEvent(messageId, openMessage(mail.buffer, headroom).fields);
  if (stored === undefined)
    return { fault: 'Nothing is known of this mail. It can be sent with --to and --alias.' };
  const recipient = alias ?? stored.recipient;
  if (recipient === undefined) {
    return { fault: 'Its header does not say which address it came to: name it with --alias.' };
  }
  return { event: stored.eventFor([recipient]) };
}

/** Undefined where the bucket has no such object. */
async function whereStored<T>(read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    if (nameOf(error) === 'NoSuchKey') return undefined;
    throw error;
  }
}

type Known = { readonly entries: readonly Entry[] };
/** `copy`: a row that the ledger does not have yet. */
type Chosen = Known | { readonly copy: DueEntry };
type Fault = { readonly fault: string };

function missed(rows: readonly LedgerRow[]): Known | Fault {
  const entries = rows.filter(isEntry).filter(({ state }) => state !== 'sent');
  if (entries.length > 0) return { entries };
  return {
    fault: rows.some(isEntry)
      ? 'Every destination has it already. Another one can get it with --to.'
      : 'It was for nobody. A mailbox can get it with --to and --alias.',
  };
}

/** Who got nothing because of a block gets nothing while it lasts. */
async function unblocked(
  chosen: Known | Fault,
  { tables }: Pick<ReceivePorts, 'tables'>,
  { bounceLimit, softBounceLimit }: BlockLimits,
  now: Seconds,
): Promise<Known | Fault> {
  if ('fault' in chosen) return chosen;
  const entries: Entry[] = [];
  for (const entry of chosen.entries) {
    const isBlocked =
      entry.reason === 'blocked' &&
      blockOf(await tables.bounces.of(entry.destination), now, softBounceLimit).count > bounceLimit;
    if (!isBlocked) entries.push(entry);
  }
  if (entries.length > 0) return { entries };
  return {
    fault: 'Whoever did not get it is blocked: `unblock` them first, or name another mailbox with --to.',
  };
}

function entryFor(
  { messageId, alias }: ReplayRequest,
  to: Address,
  rows: readonly LedgerRow[],
  now: Seconds,
): Chosen | Fault {
  const present = rows.filter(isEntry).find(({ destination }) => destination === to);
  if (present !== undefined) return { entries: [present] };
  const [first] = rows.filter(isEntry);
  const name = alias ?? first?.alias;
  if (name === undefined) return { fault: 'The ledger has no alias for this mail: name one with --alias.' };
  const [known] = rows;
  const envelope = known === undefined ? unknownEnvelope(messageId, now) : envelopeOf(known);
  return {
    copy: {
      ...envelope,
      destination: to,
      alias: name,
      recipient: name,
      // Nobody's recipient: what becomes of this copy is not the sender's business.
      recipients: [],
      state: 'due',
      attempts: 1,
      nextAttemptAt: plus(now, leaseTime),
      since: now,
    },
  };
}

/** What nothing is known about may not be answered. */
function unknownEnvelope(messageId: string, now: Seconds): Envelope {
  const verdict = 'PROCESSING_FAILED';
  return {
    messageId,
    sender: '',
    receivedAt: now,
    verdicts: { spam: verdict, virus: verdict, spf: verdict, dkim: verdict, dmarc: verdict },
    answerable: false,
  };
}

async function takeAnew(
  chosen: Chosen,
  { ledger }: Pick<ReceivePorts, 'ledger'>,
  now: Seconds,
): Promise<DueEntry[]> {
  if ('copy' in chosen) {
    await ledger.open([chosen.copy]);
    return [chosen.copy];
  }
  const taken: DueEntry[] = [];
  for (const entry of chosen.entries) {
    const own = await ledger.take(await ledger.reopen(entry, now), plus(now, leaseTime));
    // Whoever was faster sends it.
    if (own !== undefined) taken.push(own);
  }
  return taken;
}
