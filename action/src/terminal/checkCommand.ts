import { check } from '../../../schema/src/check.ts';
import { exit } from '../../../schema/src/commandLine/exit.ts';
import { mayHaveSamples } from '../../../schema/src/stage/stage.ts';
import { hasErrors } from '../../../schema/src/text/diagnostic.ts';
import { annotations, checkJson, checkText } from '../render/checkReport.ts';
import { asIs } from '../render/redact.ts';
import { readFolder } from '../review/folder.ts';
import { readStageFiles, withStageSamples } from '../review/liveStage.ts';
import { command, common, momentOf, printJson } from './terminal.ts';

/**
 * Are the files right, and if not, where and why. With a stage that is named, what is left of the template's samples is
 * not; without one they may be tried.
 */
export const checkCommand = command({
  summary: 'Check the alias files, and show what is wrong on its line',
  note: 'With `--stage`, the samples of the template are errors as well, also in the settings and in CODEOWNERS.',
  words: [{ name: 'DIR', isRequired: false }],
  options: {
    stage: common.stage,
    today: common.today,
    format: { kind: 'choice', choices: ['text', 'json', 'github'], help: 'how to print the result (text)' },
  },
  example: 'aliases',
  otherExamples: ['--stage production', 'aliases --format json', '--today 2027-06-30'],
  async run(terminal, { values, words: [folder = 'aliases'] }) {
    const { moment } = await momentOf(terminal, values);
    const files = await readFolder(folder, terminal.folder);
    const isLive = values.stage !== undefined && !mayHaveSamples(values.stage);
    const around = isLive ? await readStageFiles(values.stage, terminal.folder) : [];
    const checked = withStageSamples(check(files, { ...moment, folder, isLive }), around);
    if (values.format === 'json') printJson(terminal, checkJson(checked));
    else if (values.format === 'github') terminal.out(annotations(checked.diagnostics, asIs));
    else terminal.out(checkText(checked, [...files, ...around], asIs, terminal.colours.out));
    return hasErrors(checked.diagnostics) ? exit.notRight : exit.fine;
  },
});
