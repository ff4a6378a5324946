import { openStage } from './open.ts';
import { command, common, readAddress } from './terminal.ts';

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
