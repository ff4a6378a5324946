import { openStage } from './openStage.ts';
import { command, common } from './terminal.ts';

/** SES's list: mail to these addresses bounces before it is sent. */
export const suppressedCommand = command({
  summary: "List SES's suppression list: the addresses that SES sends nothing to, since when and why",
  words: [],
  options: { stage: common.stage, format: common.format },
  example: '',
  otherExamples: ['--stage test', '--format json'],
  async run(terminal, { values }) {
    const { suppression } = await openStage(values.stage, terminal);
    const found = await suppression.list();
    if (values.format === 'json') {
      terminal.out(`${JSON.stringify(found, undefined, 2)}\n`);
      return 0;
    }
    if (found.length === 0) terminal.out("Nobody is on SES's suppression list.\n");
    for (const { address, reason, since } of found) {
      terminal.out(`${address}  since ${since.slice(0, 16).replace('T', ' ')} UTC: ${reason}\n`);
    }
    return 0;
  },
});
