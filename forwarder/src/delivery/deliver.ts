import type { Address } from '../../../schema/src/text/address.ts';
import { toSeconds } from '../../../schema/src/text/time.ts';
import { vouches } from '../mail/event.ts';
import { hasTooManyHops } from '../mail/loop.ts';
import { headroom, openMessage } from '../mail/message.ts';
import { inParallel } from '../routing/inParallel.ts';
import { closeDeliveries } from './answer.ts';
import { type AttemptPorts, attempt, type DeliverOptions, type Outcome } from './attempt.ts';
import { type About, firstForm, nextForm, type OpenMail } from './fallbacks.ts';
import { isRefused, nameOf } from './fault.ts';
import { forwardedBefore } from './forwardedBefore.ts';
import { type DueEntry, isEntry, type Ledger } from './ledger.ts';
import { noteAll } from './notes.ts';

export interface DeliverPorts extends SendPorts {
  readonly ledger: Pick<Ledger, 'of' | 'owe' | 'close' | 'note' | 'postpone'>;
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
  /** Of those, how many got a notice in place of the mail. */
  readonly fallback: number;
  readonly due: number;
  readonly refused: number;
  readonly looped: number;
}

const nothing: Tally = { sent: 0, fallback: 0, due: 0, refused: 0, looped: 0 };

/** Bytes. In base64 and with its new header it is still below SES's 40 MB. */
const sizeLimit = 28 * 1_048_576;

/**
 * Sends one mail to the destinations of `entries`, which share a message id and are all taken by the caller. Every
 * outcome is in the ledger when it returns; what is not sent, and not refused for good, stays due.
 */
export async function deliver(
  entries: readonly DueEntry[],
  ports: DeliverPorts,
  options: DeliverOptions,
): Promise<Tally> {
  const [first] = entries;
  if (first === undefined) return nothing;
  const mail = await fetchMail(first.messageId, entries, ports, options);
  if (mail === undefined) return { ...nothing, due: entries.length };
  const { fields } = mail.message;
  const before = await forwardedBefore(fields, entries, ports, options.deadline);
  if (before === undefined) return { ...nothing, due: entries.length };
  const outcomes = new Map<DueEntry, Outcome | 'looped'>();
  // One after the other: their headers are laid over the same bytes.
  for (const { alias, group } of groupsOf(entries)) {
    const isLoop = hasTooManyHops(fields) || before.has(alias);
    if (isLoop) {
      await closeLoop(group, ports);
      for (const entry of group) outcomes.set(entry, 'looped');
      continue;
    }
    const identity = {
      alias,
      senderLocalPart: options.senderLocalPart,
      messageId: first.messageId,
      isVerified: vouches(first.verdicts),
      isShared: group.some(({ isShared }) => isShared === true),
    };
    const about = { identity, receivedAt: first.receivedAt };
    const ends = await sendGroup(group, mail, about, ports, options);
    for (const [entry, outcome] of ends) outcomes.set(entry, outcome);
  }
  const refused = entries.filter((entry) => isRefused(outcomes.get(entry)));
  const closing = { state: 'bounced', cause: 'content', reason: 'refused by SES' } as const;
  await closeDeliveries(ports.ledger, refused, closing, toSeconds(ports.clock()));
  const number = (wanted: string) => [...outcomes.values()].filter((outcome) => outcome === wanted).length;
  const fallback = number('fallback');
  return {
    sent: number('sent') + fallback,
    fallback,
    due: number('due'),
    refused: refused.length,
    looped: number('looped'),
  };
}

/** The destinations that get the same: of one alias, the mail or one notice of it. */
function groupsOf(entries: readonly DueEntry[]): { alias: Address; group: readonly DueEntry[] }[] {
  return [...Map.groupBy(entries, (entry) => entry.alias)].flatMap(([alias, own]) =>
    [...Map.groupBy(own, (entry) => entry.unattachable).values()].map((group) => ({ alias, group })),
  );
}

async function fetchMail(
  messageId: string,
  entries: readonly DueEntry[],
  ports: DeliverPorts,
  { deadline }: DeliverOptions,
): Promise<OpenMail | undefined> {
  try {
    const { buffer, size, isWhole } = await ports.bucket.fetch(messageId, sizeLimit);
    return { size, isWhole, message: openMessage(buffer, headroom) };
  } catch (error) {
    await noteAll(entries, `fetch: ${nameOf(error)}`, ports, deadline);
    return undefined;
  }
}

async function closeLoop(
  group: readonly DueEntry[],
  { ledger, telemetry, clock }: DeliverPorts,
): Promise<void> {
  for (const entry of group) await ledger.close(entry, { state: 'loop' }, toSeconds(clock()));
  telemetry.count('loop', group.length);
}

interface SendPorts extends AttemptPorts {
  readonly ledger: AttemptPorts['ledger'] & Pick<Ledger, 'of' | 'owe'>;
}

/**
 * Sends to destinations of one alias that get the same: the mail, or what may go in its place where SES refuses it. A refusal as
 * outcome is final.
 */
async function sendGroup(
  group: readonly DueEntry[],
  mail: OpenMail,
  about: About,
  ports: SendPorts,
  options: DeliverOptions,
): Promise<ReadonlyMap<DueEntry, Outcome>> {
  // This stays where no form of the mail can be written.
  const outcomes = new Map<DueEntry, Outcome>(group.map((entry) => [entry, 'rejected']));
  let targets = group;
  let form = firstForm(mail, about, group[0]?.unattachable);
  if (form === undefined) tellFault(about, 'no form', ports);
  while (form !== undefined) {
    const { raw, state, answer, fault } = form;
    if (fault !== undefined) tellFault(about, fault, ports);
    if (answer !== undefined && !(await owesFor(targets, answer, ports, options))) {
      for (const entry of targets) outcomes.set(entry, 'due');
      return outcomes;
    }
    await inParallel(targets, concurrencyFor(mail.size), async (entry) => {
      outcomes.set(entry, await attempt(entry, raw, state, ports, options));
    });
    targets = targets.filter((entry) => isRefused(outcomes.get(entry)));
    const refusal = targets.map((entry) => outcomes.get(entry)).find(isRefused);
    form = refusal === undefined ? undefined : nextForm(form.kind, refusal, mail, about);
  }
  return outcomes;
}

function tellFault({ identity }: About, reason: string, { telemetry }: SendPorts): void {
  telemetry.alarm('A mail could not be rewritten', { messageId: identity.messageId, reason });
}

/** False, with a note, where the ledger does not take it: mail to other aliases goes all the same. */
async function owesFor(
  entries: readonly DueEntry[],
  cause: 'too-large' | 'content',
  ports: SendPorts,
  { deadline }: DeliverOptions,
): Promise<boolean> {
  try {
    await oweFor(entries, cause, ports);
    return true;
  } catch (error) {
    await noteAll(entries, `ledger: ${nameOf(error)}`, ports, deadline);
    return false;
  }
}

/**
 * The sender is told before the notice goes: cut short in between, the notice is sent by the next attempt. Where somebody
 * else behind a recipient has the mail itself there is nothing to tell.
 */
async function oweFor(
  entries: readonly DueEntry[],
  cause: 'too-large' | 'content',
  { ledger, clock }: SendPorts,
): Promise<void> {
  const [first] = entries;
  if (first?.answerable !== true) return;
  const rows = await ledger.of(first.messageId);
  const reached = rows.filter(isEntry).flatMap((row) => (row.state === 'sent' ? row.recipients : []));
  const recipients = [...new Set(entries.flatMap((entry) => entry.recipients))].filter(
    (recipient) => !reached.includes(recipient),
  );
  if (recipients.length === 0) return;
  await ledger.owe(
    first,
    recipients.map((recipient) => ({ recipient, cause })),
    toSeconds(clock()),
  );
}

/** At most ten megabytes at a time, since each request holds the mail in base64. */
function concurrencyFor(size: number): number {
  return Math.max(1, Math.min(10, Math.floor((10 * 1_048_576) / size)));
}
