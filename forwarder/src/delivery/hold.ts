import { blockOf } from '../../../schema/src/records/blocks.ts';
import type { Seconds } from '../../../schema/src/text/time.ts';
import { isEngaged } from './bounceRateBrake.ts';
import type { DueEntry } from './ledger.ts';
import type { ReceiveOptions, ReceivePorts } from './receive.ts';

/** What bounces of a destination mean for a mail that is due: it ends where they last, and waits where they pass. */
export interface Blocked {
  readonly lasts: boolean;
}

/** What blocks a destination now: bounces that came since the mail was queued, of other mails too. */
export async function blockOn(
  { destination }: DueEntry,
  { tables }: Pick<ReceivePorts, 'tables'>,
  { bounceLimit, softBounceLimit }: Pick<ReceiveOptions, 'bounceLimit' | 'softBounceLimit'>,
  now: Seconds,
): Promise<Blocked | undefined> {
  const block = blockOf(await tables.bounces.of(destination), now, softBounceLimit);
  return block.count > bounceLimit ? { lasts: !block.transient } : undefined;
}

/** Those that the account's brake held back before, and holds back still. */
export async function brakedAmong(
  entries: readonly DueEntry[],
  { brake, ledger }: Pick<ReceivePorts, 'brake' | 'ledger'>,
  now: Seconds,
): Promise<ReadonlySet<DueEntry>> {
  const held = entries.filter(({ reason }) => reason === 'guard');
  if (held.length === 0 || !isEngaged(await brake.read(), now)) return new Set();
  const reached = await ledger.reached(
    held.map(({ destination }) => destination),
    now,
  );
  return new Set(held.filter(({ destination }) => !reached.has(destination)));
}
