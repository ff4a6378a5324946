import { check } from '../../../schema/src/check.ts';
import { who } from '../../../schema/src/directory/who.ts';
import { whoText } from '../render/answers.ts';
import { readAddress } from '../review/address.ts';
import { readFolder } from '../review/folder.ts';
import { readStage } from '../review/stage.ts';
import { readToday } from '../review/today.ts';
import { noteMistakes } from './noteMistakes.ts';
import { readChoice, readOptions } from './options.ts';
import { type Command, exit } from './terminal.ts';

const kinds = { dir: 'string', stage: 'string', today: 'string', format: 'string' } as const;

/** `who DESTINATION`: every address whose mail reaches a mailbox, and by which way. */
export const whoCommand: Command = async (terminal, given) => {
  const { values, words } = readOptions(given, kinds, 1);
  const format = readChoice(values.format, ['text', 'json'], 'format');
  const destination = readAddress(words[0], 'who jane@mailbox.example');
  const stage = await readStage(values.stage ?? 'production', terminal.folder, terminal.environment);
  const today = readToday(values.today, terminal.now);
  const folder = values.dir ?? 'aliases';
  const files = await readFolder(folder, terminal.folder);
  const checked = check(files, { today, reserved: stage.reserved, folder });
  noteMistakes(terminal, checked, folder);
  const addresses = who(checked.directory, destination, today);
  terminal.out(
    format === 'json'
      ? `${JSON.stringify({ destination, addresses }, null, 2)}\n`
      : whoText(destination, addresses),
  );
  return exit.fine;
};
