import { milliseconds, toSeconds } from '../../../schema/src/text/time.ts';
import { listBlocked } from '../delivery/inspection.ts';
import { openStage } from './openStage.ts';
import { command, common, readAddress } from './terminal.ts';

/** The destinations that get no mail because mail to them bounced or was complained about. */
export const blockedCommand = command({
  summary: 'List the destinations that are blocked, until when and why',
  words: [],
  options: { stage: common.stage, format: common.format },
  example: '',
  otherExamples: ['--stage test', '--format json'],
  async run(terminal, { values }) {
    const isJson = values.format === 'json';
    const { ports, settings } = await openStage(values.stage, terminal);
    const rows = await ports.tables.bounces.readAll();
    const found = listBlocked(rows, settings, toSeconds(milliseconds(terminal.now)));
    if (isJson) terminal.out(`${JSON.stringify(found, undefined, 2)}\n`);
    else if (found.length === 0) terminal.out('Nobody is blocked.\n');
    for (const { destination, bounces, until, reason } of isJson ? [] : found) {
      const end = until === undefined ? 'for good' : `until ${until}`;
      terminal.out(
        `${destination}  ${bounces} ${bounces === 1 ? 'bounce' : 'bounces'}, ${end}${reason === undefined ? '' : `: ${reason}`}\n`,
      );
    }
    return 0;
  },
});

/** Removes our rows and SES's entry, so that the address gets mail again. */
export const unblockCommand = command({
  summary: 'Remove what blocks a destination, so that it gets mail again',
  words: [{ name: 'ADDRESS', isRequired: true }],
  options: { stage: common.stage },
  example: 'jane@mailbox.example',
  async run(terminal, { values, words: [word = ''] }) {
    const destination = readAddress(word);
    const { ports, suppression } = await openStage(values.stage, terminal);
    // SES first: our rows show the address as blocked until it is free everywhere.
    const wasSuppressed = await suppression.remove(destination);
    const rows = await ports.tables.bounces.of(destination);
    for (const row of rows) await ports.tables.bounces.remove(row);
    const list = wasSuppressed ? 'removed from' : 'not on';
    terminal.out(
      `${rows.length} ${rows.length === 1 ? 'bounce' : 'bounces'} removed; ${list} SES's suppression list\n`,
    );
    return 0;
  },
});
