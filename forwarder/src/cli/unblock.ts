import { type Arguments, address, only } from './arguments.ts';
import { openStage } from './open.ts';
import type { Terminal } from './terminal.ts';

/** `unblock ADDRESS`: removes our rows and SES's entry, so that the address gets mail again. */
export async function unblock(args: Arguments, terminal: Terminal): Promise<number> {
  const destination = address(only(args, 'address'));
  const { ports, suppression } = await openStage(args, terminal);
  // SES first: our rows show the address as blocked until it is free everywhere.
  const wasSuppressed = await suppression.remove(destination);
  const rows = await ports.tables.bounces.of(destination);
  for (const row of rows) await ports.tables.bounces.remove(row);
  const list = wasSuppressed ? 'removed from' : 'not on';
  terminal.out(`${rows.length} bounces removed; ${list} SES's suppression list\n`);
  return 0;
}
