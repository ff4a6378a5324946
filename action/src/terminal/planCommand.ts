import { resolve } from 'node:path';
import { exit } from '../../../schema/src/commandLine/exit.ts';
import { allowAll, type Review } from '../guard/reason.ts';
import { planJson } from '../render/planJson.ts';
import { planMarkdown } from '../render/planMarkdown.ts';
import { planText } from '../render/planText.ts';
import { asIs } from '../render/redact.ts';
import { readFolder } from '../review/folder.ts';
import { readAllow } from '../review/request.ts';
import { reviewFiles } from '../review/reviewFiles.ts';
import { policyAt } from './history.ts';
import {
  command,
  common,
  momentOf,
  noteChecked,
  printJson,
  printMistakes,
  type Terminal,
} from './terminal.ts';

/** What a sync would write, and who would get what mail. */
export const planCommand = command({
  summary: 'Show what a sync would write, and who would get what mail',
  words: [],
  options: {
    from: { kind: 'text', value: 'DIR|tables', help: 'what to start from (tables)' },
    to: common.dir,
    stage: common.stage,
    allow: common.allow,
    'prune-foreign': common['prune-foreign'],
    today: common.today,
    format: { kind: 'choice', choices: ['text', 'json', 'markdown'], help: 'how to print the plan (text)' },
    'detailed-exitcode': { kind: 'flag', help: 'exit with 3 where there are changes and all is right' },
  },
  example: '--from tables --to aliases',
  otherExamples: ['--stage test', '--from ../before/aliases --format json', '--today 2027-06-30'],
  exits: [[exit.changes, '`plan --detailed-exitcode` alone: all is right, and there are changes']],
  async run(terminal, { values }) {
    const allow = readAllow(values.allow);
    const { stage, moment } = await momentOf(terminal, values);
    const { from = 'tables', to = 'aliases', format } = values;
    const base =
      from === 'tables' ? undefined : { folder: from, files: await readFolder(from, terminal.folder) };
    const { checked, review } = await reviewFiles(
      { folder: to, files: await readFolder(to, terminal.folder) },
      { moment, pruneForeign: values['prune-foreign'], base },
      {
        show: noteChecked(terminal),
        read: async () => (await terminal.openTables(stage)).read(),
        allowed: async () => ({ allowance: allowAll(allow) }),
        policyAt: (commit) => policyAt(resolve(terminal.folder, to), commit, moment),
        now: terminal.now.getTime() / 1000,
      },
    );
    if (review === undefined) return printMistakes(terminal, checked, format);
    print(terminal, review, format);
    if (review.unsafe.length > 0) return exit.notRight;
    return values['detailed-exitcode'] && review.plan.changes.length > 0 ? exit.changes : exit.fine;
  },
});

function print(terminal: Terminal, review: Review, format: 'text' | 'json' | 'markdown'): void {
  if (format === 'json') printJson(terminal, planJson(review));
  else if (format === 'markdown') terminal.out(planMarkdown(review, asIs));
  else terminal.out(planText(review, asIs, terminal.colours.out));
}
