import { check } from '../../../schema/src/check.ts';
import { exit } from '../../../schema/src/commandLine/exit.ts';
import { hasErrors } from '../../../schema/src/text/diagnostic.ts';
import { formerStumbles, type Stumble } from '../import/formerBuild.ts';
import { recordsOf } from '../plan/change.ts';
import { counted } from '../render/planText.ts';
import { readFolder } from '../review/folder.ts';
import { command, common, momentOf, noteChecked, printJson } from './terminal.ts';

/** Prepares the way back to the deployment that was taken over: names what its build would stumble over. */
export const backoutCommand = command({
  summary: 'Name what the former deployment would stumble over or do otherwise, before you go back to it',
  note: `For DanielMuller/ses-email-forward. Take what stops its build out of the files, sync, and run it again; what it still
names then is whose mail changes. Writes nothing.`,
  words: [],
  options: {
    from: { kind: 'text', value: 'DIR|tables', help: 'where to look (tables)' },
    stage: common.stage,
    today: common.today,
    format: common.format,
  },
  example: '--from tables',
  otherExamples: ['--from aliases --format json'],
  async run(terminal, { values }) {
    const { stage, moment } = await momentOf(terminal, values);
    const { from = 'tables', format } = values;
    const definitions = async () => {
      if (from === 'tables')
        return recordsOf((await (await terminal.openTables(stage)).read()).rows).definitions;
      const files = await readFolder(from, terminal.folder);
      const checked = check(files, { ...moment, folder: from });
      noteChecked(terminal)(checked, files);
      return hasErrors(checked.diagnostics) ? undefined : checked.records.definitions;
    };
    const found = await definitions();
    if (found === undefined) return exit.notRight;
    const stumbles = formerStumbles(found, moment);
    if (format === 'json') printJson(terminal, { stumbles });
    else
      terminal.out(
        stumbles.length === 0
          ? `${counted(found.length, 'alias')}: all work there as here.\n`
          : textOf(stumbles),
      );
    return stumbles.length === 0 ? exit.fine : exit.notRight;
  },
});

const consequences: Readonly<Record<Stumble['kind'], string>> = {
  stops: 'so no change of this domain arrives there any more. Take it out',
  revives: 'and gets mail again there, where nothing expires. Write `active: false`',
  dead: 'so mail to names that are not defined comes back',
};

function textOf(stumbles: readonly Stumble[]): string {
  return stumbles
    .map(({ address, kind, reason }) => `${address}: ${reason}, ${consequences[kind]}.\n`)
    .join('');
}
