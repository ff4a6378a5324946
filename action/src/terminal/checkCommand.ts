import { check } from '../../../schema/src/check.ts';
import { hasErrors } from '../../../schema/src/text/diagnostic.ts';
import { annotations, checkJson, checkText } from '../render/checkReport.ts';
import { asIs } from '../render/redact.ts';
import { readFolder } from '../review/folder.ts';
import { readStage } from '../review/stage.ts';
import { readToday } from '../review/today.ts';
import { readChoice, readOptions } from './options.ts';
import { type Command, exit } from './terminal.ts';

/** `check [DIR]`: are the files right, and if not, where and why. */
export const checkCommand: Command = async (terminal, given) => {
  const { values, words } = readOptions(given, { today: 'string', format: 'string', stage: 'string' }, 1);
  const format = readChoice(values.format, ['text', 'json', 'github'], 'format');
  const today = readToday(values.today, terminal.now);
  const stage = await readStage(values.stage ?? 'production', terminal.folder, terminal.environment);
  const folder = words[0] ?? 'aliases';
  const files = await readFolder(folder, terminal.folder);
  const checked = check(files, { today, reserved: stage.reserved, folder });
  if (format === 'json') terminal.out(`${JSON.stringify(checkJson(checked), null, 2)}\n`);
  else if (format === 'github') terminal.out(annotations(checked.diagnostics, asIs));
  else terminal.out(checkText(checked, files, asIs, terminal.colours));
  return hasErrors(checked.diagnostics) ? exit.notRight : exit.fine;
};
