import { milliseconds } from '../../../schema/src/text/time.ts';
import { findOrphans, readQueue } from '../delivery/inspection.ts';
import { openStage } from './open.ts';
import { rowLine } from './render.ts';
import { command, common } from './terminal.ts';

/** The mails that wait, the kept events, and the mails that nothing knows of. */
export const queueCommand = command({
  summary: 'List the mails that wait, the kept events, and stored mails that no row knows of',
  words: [],
  options: { stage: common.stage, format: common.format },
  example: '--format json',
  async run(terminal, { values }) {
    const { ports } = await openStage(values.stage, terminal);
    const due = await readQueue(ports.ledger);
    const kept: string[] = [];
    for await (const { messageId } of ports.events.keptEvents()) kept.push(messageId);
    const orphans = await findOrphans(
      ports.events,
      ports.ledger,
      milliseconds(terminal.now),
      milliseconds(Number.POSITIVE_INFINITY),
    );
    if (values.format === 'json') {
      terminal.out(`${JSON.stringify({ due, kept, orphans }, undefined, 2)}\n`);
      return 0;
    }
    terminal.out(`${due.length} due, ${kept.length} kept events, ${orphans.length} orphans\n`);
    for (const row of due) terminal.out(rowLine(row));
    for (const messageId of kept) terminal.out(`${messageId}  kept, since no table took it\n`);
    for (const messageId of orphans) terminal.out(`${messageId}  stored, and never received\n`);
    return 0;
  },
});
