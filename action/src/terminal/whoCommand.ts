import { check } from '../../../schema/src/check.ts';
import { exit } from '../../../schema/src/commandLine/exit.ts';
import { who } from '../../../schema/src/directory/who.ts';
import { whoText } from '../render/answers.ts';
import { readFolder } from '../review/folder.ts';
import { readAddress } from '../review/request.ts';
import { command, common, momentOf, noteDoubt, printJson } from './terminal.ts';

/** Every address whose mail reaches a mailbox, and by which way. */
export const whoCommand = command({
  summary: 'List the addresses whose mail reaches a mailbox',
  words: [{ name: 'MAILBOX', isRequired: true }],
  options: { dir: common.dir, stage: common.stage, today: common.today, format: common.format },
  example: 'jane@mailbox.example',
  async run(terminal, { values, words: [word = ''] }) {
    const destination = readAddress(word);
    const { moment } = await momentOf(terminal, values);
    const { dir: folder = 'aliases' } = values;
    const checked = check(await readFolder(folder, terminal.folder), { ...moment, folder });
    noteDoubt(terminal, checked, folder);
    const addresses = who(checked.directory, destination, moment.today);
    if (values.format === 'json') printJson(terminal, { destination, addresses });
    else terminal.out(whoText(destination, addresses));
    return exit.fine;
  },
});
