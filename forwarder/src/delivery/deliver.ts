import { isLoop } from '../mail/loop.ts';
import { headroom, openMessage } from '../mail/message.ts';
import { inParallel } from '../routing/inParallel.ts';
import { type AttemptPorts, attempt, type DeliverOptions, mark, type Outcome } from './attempt.ts';
import { endDeliveries } from './end.ts';
import { nameOf } from './fault.ts';
import { isRefused, nextForm, type Stored, wholeForm } from './forms.ts';
import type { Entry, Ledger } from './ledger.ts';

export type { DeliverOptions } from './attempt.ts';

export interface DeliverPorts extends AttemptPorts {
  readonly ledger: Pick<Ledger, 'of' | 'owe' | 'close' | 'note'>;
  readonly bucket: { fetch(messageId: string, limit: number): Promise<FetchedMail> };
}

interface FetchedMail {
  readonly buffer: Buffer;
  /** Bytes of the whole mail. */
  readonly size: number;
  readonly isWhole: boolean;
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
  const fetched = await fetchMail(first.messageId, entries, ports);
  if (fetched === undefined) return { sent: 0, due: entries.length, refused: 0, looped: 0 };
  const mail = { ...fetched, message: openMessage(fetched.buffer, headroom) };
  const outcomes = new Map<Entry, Outcome | 'looped'>();
  // One alias after the other: their headers are laid over the same bytes.
  for (const [alias, group] of Map.groupBy(entries, (entry) => entry.alias)) {
    if (isLoop(mail.message, alias)) {
      await closeLoop(group, ports);
      for (const entry of group) outcomes.set(entry, 'looped');
    } else {
      for (const [entry, outcome] of await sendGroup(group, mail, ports, options))
        outcomes.set(entry, outcome);
    }
  }
  const refused = entries.filter((entry) => isRefused(outcomes.get(entry)));
  const closing = { state: 'bounced', cause: 'content', reason: 'refused by SES' } as const;
  await endDeliveries(ports.ledger, refused, closing, Math.floor(ports.clock() / 1_000));
  const number = (wanted: string) => [...outcomes.values()].filter((outcome) => outcome === wanted).length;
  return { sent: number('sent'), due: number('due'), refused: refused.length, looped: number('looped') };
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

async function closeLoop(group: readonly Entry[], { ledger, telemetry, clock }: DeliverPorts): Promise<void> {
  for (const entry of group) await ledger.close(entry, { state: 'loop' }, Math.floor(clock() / 1_000));
  telemetry.count('loop', group.length);
}

/** Sends to the destinations of one alias: the mail, and where SES refuses that, what may go instead. */
async function sendGroup(
  group: readonly Entry[],
  mail: Stored & FetchedMail,
  ports: DeliverPorts,
  options: DeliverOptions,
): Promise<Map<Entry, Outcome>> {
  const outcomes = new Map<Entry, Outcome>(
    group.map((entry) => [entry, mail.isWhole ? 'due' : 'too-large'] as const),
  );
  const waiting = () => group.filter((entry) => isRefused(outcomes.get(entry)));
  const [{ alias, messageId, receivedAt } = { alias: undefined }] = group;
  if (alias === undefined) return outcomes;
  const identity = { alias, senderLocalPart: options.senderLocalPart };
  const about = { identity, messageId, receivedAt };
  let form = mail.isWhole ? wholeForm(mail, about) : nextForm(undefined, 'too-large', mail, about);
  let targets: readonly Entry[] = group;
  while (form !== undefined && targets.length > 0) {
    const { raw, state, answer } = form;
    if (answer !== undefined) await oweFor(targets, answer, ports);
    await inParallel(targets, concurrencyFor(mail.size), async (entry) => {
      outcomes.set(entry, await attempt(entry, raw, state, ports, options));
    });
    targets = waiting();
    const refusal = targets.map((entry) => outcomes.get(entry)).find(isRefused);
    form = refusal === undefined ? undefined : nextForm(form.kind, refusal, mail, about);
  }
  return outcomes;
}

/** The sender is told before the notice goes: cut short in between, the notice is sent by the next attempt. */
async function oweFor(
  entries: readonly Entry[],
  cause: 'too-large' | 'content',
  { ledger, clock }: DeliverPorts,
): Promise<void> {
  const [first] = entries;
  if (first?.answerable !== true) return;
  const recipients = [...new Set(entries.flatMap((entry) => entry.recipients))];
  await ledger.owe(
    first,
    recipients.map((recipient) => ({ recipient, cause })),
    Math.floor(clock() / 1_000),
  );
}

/** Ten megabytes on their way at most, since each request holds the mail in base64. */
function concurrencyFor(size: number): number {
  return Math.max(1, Math.min(10, Math.floor((10 * 1_048_576) / size)));
}
