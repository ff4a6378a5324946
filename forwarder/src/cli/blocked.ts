import { milliseconds, toSeconds } from '../../../schema/src/text/time.ts';
import { listBlocked } from '../delivery/inspection.ts';
import { openStage } from './open.ts';
import { command, common } from './terminal.ts';

/** The destinations that get no mail because mail to them bounced or was complained about. */
export const blockedCommand = command({
  summary: 'List the destinations that are blocked, until when and why',
  words: [],
  options: { stage: common.stage, format: common.format },
  example: '--format json',
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
