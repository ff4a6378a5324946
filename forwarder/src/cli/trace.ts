import { trace as follow } from '../delivery/inspection.ts';
import { type Arguments, only, wantsJson } from './arguments.ts';
import { openStage } from './open.ts';
import { rowLine } from './render.ts';
import type { Terminal } from './terminal.ts';

/** `trace ADDRESS|ID`: what happened to a mail, or to the latest mails of an alias. */
export async function trace(args: Arguments, terminal: Terminal): Promise<number> {
  const isJson = wantsJson(args);
  const about = only(args, 'address or message id');
  const { ports } = await openStage(args, terminal);
  const rows = await follow(about, ports.ledger, ports.tables);
  if (isJson) terminal.out(`${JSON.stringify(rows, undefined, 2)}\n`);
  else if (rows.length === 0) terminal.out('Nothing is known of it.\n');
  else for (const row of rows) terminal.out(rowLine(row));
  return 0;
}
