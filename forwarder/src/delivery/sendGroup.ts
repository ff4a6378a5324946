import { inParallel } from '../routing/inParallel.ts';
import { type AttemptPorts, attempt, type DeliverOptions, type Outcome } from './attempt.ts';
import { type About, firstForm, isRefused, nextForm, type OpenMail } from './forms.ts';
import { type Entry, isEntry, type Ledger } from './ledger.ts';

export interface SendPorts extends AttemptPorts {
  readonly ledger: AttemptPorts['ledger'] & Pick<Ledger, 'of' | 'owe'>;
}

/**
 * Sends to destinations of one alias that get the same: the mail, and where SES refuses that, what may go instead. An outcome that is
 * a refusal is the last word.
 */
export async function sendGroup(
  group: readonly Entry[],
  mail: OpenMail,
  about: About,
  ports: SendPorts,
  options: DeliverOptions,
): Promise<ReadonlyMap<Entry, Outcome>> {
  // What stays so: no form of the mail can be written.
  const outcomes = new Map<Entry, Outcome>(group.map((entry) => [entry, 'rejected']));
  let targets = group;
  let form = firstForm(mail, about, group[0]?.unattachable);
  while (form !== undefined) {
    const { raw, state, answer } = form;
    if (answer !== undefined) await oweFor(targets, answer, ports);
    await inParallel(targets, concurrencyFor(mail.size), async (entry) => {
      outcomes.set(entry, await attempt(entry, raw, state, ports, options));
    });
    targets = targets.filter((entry) => isRefused(outcomes.get(entry)));
    const refusal = targets.map((entry) => outcomes.get(entry)).find(isRefused);
    form = refusal === undefined ? undefined : nextForm(form.kind, refusal, mail, about);
  }
  return outcomes;
}

/**
 * The sender is told before the notice goes: cut short in between, the notice is sent by the next attempt. Where somebody
 * else behind a recipient has the mail itself there is nothing to tell.
 */
async function oweFor(
  entries: readonly Entry[],
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
    Math.floor(clock() / 1_000),
  );
}

/** Ten megabytes on their way at most, since each request holds the mail in base64. */
function concurrencyFor(size: number): number {
  return Math.max(1, Math.min(10, Math.floor((10 * 1_048_576) / size)));
}
