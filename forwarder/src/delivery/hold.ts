import { blockOf } from '../../../schema/src/records/blocks.ts';
import type { Seconds } from '../../../schema/src/text/time.ts';
import { isEngaged } from './bounceRateBrake.ts';
import type { DueEntry } from './ledger.ts';
import type { ReceiveOptions, ReceivePorts } from './receive.ts';

/** Why a mail that is due is not sent now. Only a block lasts: the others pass while the mail is tried. */
export interface Hold {
  readonly reason: 'blocked' | 'guard';
  readonly lasts: boolean;
}

/**
 * What holds a destination back: bounces that came since the mail was queued, of other mails too; or the account's brake,
 * where that held it back before.
 */
export async function holdOf(
  { reason, destination, alias }: DueEntry,
  { tables, brake, ledger }: Pick<ReceivePorts, 'tables' | 'brake' | 'ledger'>,
  { bounceLimit, softBounceLimit }: Pick<ReceiveOptions, 'bounceLimit' | 'softBounceLimit'>,
  now: Seconds,
): Promise<Hold | undefined> {
  const block = blockOf(await tables.bounces.of(destination), now, softBounceLimit);
  if (block.count > bounceLimit) return { reason: 'blocked', lasts: !block.transient };
  const isBraked =
    reason === 'guard' &&
    isEngaged(await brake.read(), now) &&
    !(await ledger.hasReached(alias, destination));
  return isBraked ? { reason: 'guard', lasts: false } : undefined;
}
