import { milliseconds } from '../../../schema/src/text/time.ts';
import { findOrphans, readQueue } from '../delivery/inspection.ts';
import { type Arguments, wantsJson } from './arguments.ts';
import { openStage } from './open.ts';
import { rowLine } from './render.ts';
import type { Terminal } from './terminal.ts';

/** `queue`: the mails that wait, the kept events, and the mails that nothing knows of. */
export async function queue(args: Arguments, terminal: Terminal): Promise<number> {
  const isJson = wantsJson(args);
  const { ports } = await openStage(args, terminal);
  const due = await readQueue(ports.ledger);
  const kept: string[] = [];
  for await (const { messageId } of ports.events.keptEvents()) kept.push(messageId);
  const orphans = await findOrphans(
    ports.events,
    ports.ledger,
    milliseconds(terminal.now),
    milliseconds(Number.POSITIVE_INFINITY),
  );
  if (isJson) {
    terminal.out(`${JSON.stringify({ due, kept, orphans }, undefined, 2)}\n`);
    return 0;
  }
  terminal.out(`${due.length} due, ${kept.length} kept events, ${orphans.length} orphans\n`);
  for (const row of due) terminal.out(rowLine(row));
  for (const messageId of kept) terminal.out(`${messageId}  kept, since no table took it\n`);
  for (const messageId of orphans) terminal.out(`${messageId}  stored, and never received\n`);
  return 0;
}
