import { milliseconds, toSeconds } from '../../../schema/src/text/time.ts';
import { listBlocked } from '../delivery/inspection.ts';
import { type Arguments, wantsJson } from './arguments.ts';
import { openStage } from './open.ts';
import type { Terminal } from './terminal.ts';

/** `blocked`: the destinations that get no mail since they bounced or complained. */
export async function blocked(args: Arguments, terminal: Terminal): Promise<number> {
  const isJson = wantsJson(args);
  const { ports, settings } = await openStage(args, terminal);
  const rows = await ports.tables.bounces.readAll();
  const found = listBlocked(rows, settings, toSeconds(milliseconds(terminal.now)));
  if (isJson) terminal.out(`${JSON.stringify(found, undefined, 2)}\n`);
  else if (found.length === 0) terminal.out('Nobody is blocked.\n');
  for (const { destination, bounces, until, reason } of isJson ? [] : found) {
    const end = until === undefined ? 'for good' : `until ${until}`;
    terminal.out(`${destination}  ${bounces} bounces, ${end}${reason === undefined ? '' : `: ${reason}`}\n`);
  }
  return 0;
}
