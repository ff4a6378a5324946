import { trace } from '../delivery/inspection.ts';
import { openStage } from './open.ts';
import { rowLine } from './render.ts';
import { command, common } from './terminal.ts';

/** What happened to a mail, or to the latest mails of an alias. */
export const traceCommand = command({
  summary: 'Show what happened to a mail, or to the latest mails of an alias',
  words: [{ name: 'ADDRESS|ID', isRequired: true }],
  options: { stage: common.stage, format: common.format },
  example: 'info@example.com',
  async run(terminal, { values, words: [about = ''] }) {
    const { ports } = await openStage(values.stage, terminal);
    const rows = await trace(about, ports.ledger, ports.tables);
    if (values.format === 'json') terminal.out(`${JSON.stringify(rows, undefined, 2)}\n`);
    else if (rows.length === 0) terminal.out('Nothing is known of it.\n');
    else for (const row of rows) terminal.out(rowLine(row));
    return 0;
  },
});
