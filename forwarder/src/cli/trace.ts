import { isKeptEvent, type LedgerRow } from '../delivery/ledger.ts';
import { trace } from '../delivery/trace.ts';
import { mailText } from './mailEnds.ts';
import { openStage } from './openStage.ts';
import { command, common } from './terminal.ts';

/** What happened to a mail, or to the latest mails from or to an address. */
export const traceCommand = command({
  summary: 'Show what happened to a mail, or to the latest mails from or to an address',
  words: [{ name: 'ADDRESS|ID', isRequired: true }],
  options: { stage: common.stage, format: common.format },
  example: 'info@example.com',
  async run(terminal, { values, words: [about = ''] }) {
    const { ports } = await openStage(values.stage, terminal);
    const rows = await trace(about, ports);
    if (values.format === 'json') {
      terminal.out(`${JSON.stringify(rows.map(withoutEvent), undefined, 2)}\n`);
      return 0;
    }
    const mails = [...Map.groupBy(rows, ({ messageId }) => messageId).values()];
    terminal.out(mails.length === 0 ? 'Nothing is known of it.\n' : mails.map(mailText).join('\n'));
    return 0;
  },
});

/** An event holds the mail's headers, and among them its subject. */
function withoutEvent(row: LedgerRow): object {
  if (!isKeptEvent(row)) return row;
  const { event: _, ...rest } = row;
  return rest;
}
