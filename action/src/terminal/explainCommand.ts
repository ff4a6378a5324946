import { check } from '../../../schema/src/check.ts';
import { explain } from '../../../schema/src/directory/resolve.ts';
import { type Address, splitAddress } from '../../../schema/src/text/address.ts';
import { blockEnd, type Explained, explainText } from '../render/answers.ts';
import { readAddress } from '../review/address.ts';
import { readFolder } from '../review/folder.ts';
import { readStage, type Stage } from '../review/stage.ts';
import { readToday } from '../review/today.ts';
import { noteMistakes } from './noteMistakes.ts';
import { readChoice, readOptions } from './options.ts';
import { type Command, exit, type Terminal } from './terminal.ts';

const kinds = { dir: 'string', stage: 'string', today: 'string', format: 'string' } as const;

/** `explain ADDRESS`: who gets mail to it, and by which way. */
export const explainCommand: Command = async (terminal, given) => {
  const { values, words } = readOptions(given, kinds, 1);
  const format = readChoice(values.format, ['text', 'json'], 'format');
  const address = readAddress(words[0], 'explain info@example.com');
  const stage = await readStage(values.stage ?? 'production', terminal.folder, terminal.environment);
  const moment = { today: readToday(values.today, terminal.now), reserved: stage.reserved };
  const folder = values.dir ?? 'aliases';
  const checked = check(await readFolder(folder, terminal.folder), { ...moment, folder });
  noteMistakes(terminal, checked, folder);
  const { directory } = checked;
  const found = explain(directory, address, moment);
  const asksTables = values.stage !== undefined || Boolean(terminal.environment.BOUNCES_TABLE);
  const blocks = asksTables ? await blocksOf(terminal, stage, found.destinations) : new Map();
  const explained: Explained = {
    ...found,
    destinations: found.destinations.map((mailbox) => {
      const blockedUntil = blocks.get(mailbox);
      return { address: mailbox, ...(blockedUntil === undefined ? {} : { blockedUntil }) };
    }),
  };
  terminal.out(
    format === 'json'
      ? `${JSON.stringify(explained, null, 2)}\n`
      : explainText(explained, directory.domains.has(splitAddress(address).domain)),
  );
  return exit.fine;
};

async function blocksOf(
  terminal: Terminal,
  stage: Stage,
  mailboxes: readonly Address[],
): Promise<Map<Address, string>> {
  const tables = await terminal.openTables(stage);
  const now = terminal.now.getTime() / 1000;
  const blocks = new Map<Address, string>();
  for (const mailbox of mailboxes) {
    const until = await tables.blockedUntil(mailbox, now);
    if (until !== undefined) blocks.set(mailbox, blockEnd(until));
  }
  return blocks;
}
