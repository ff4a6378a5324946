import { check } from '../../../schema/src/check.ts';
import { exit } from '../../../schema/src/commandLine/exit.ts';
import { explain, lookup } from '../../../schema/src/directory/resolve.ts';
import { branchesOf } from '../../../schema/src/directory/tree.ts';
import type { Definition } from '../../../schema/src/records/records.ts';
import { type Address, splitAddress } from '../../../schema/src/text/address.ts';
import { blockEnd, type Explained, explainText } from '../render/answers.ts';
import { readFolder } from '../review/folder.ts';
import { readAddress } from '../review/request.ts';
import type { Stage } from '../review/stage.ts';
import { command, common, momentOf, noteDoubt, printJson, type Terminal } from './terminal.ts';

/** Who gets mail to an address, and by which way. With a stage, which of them are blocked, too. */
export const explainCommand = command({
  summary: 'Show who gets mail to an address, and how it gets there',
  words: [{ name: 'ADDRESS', isRequired: true }],
  options: {
    dir: common.dir,
    stage: {
      ...common.stage,
      help: 'the stage to ask, in its tables, which mailboxes are blocked (none is asked)',
    },
    today: common.today,
    format: common.format,
  },
  example: 'info@example.com',
  otherExamples: ['info@example.com --stage production', 'info@example.com --today 2027-06-30'],
  async run(terminal, { values, words: [word = ''] }) {
    const address = readAddress(word);
    const { stage, moment } = await momentOf(terminal, values);
    const { dir: folder = 'aliases' } = values;
    const checked = check(await readFolder(folder, terminal.folder), { ...moment, folder });
    noteDoubt(terminal, checked, folder);
    const { directory } = checked;
    const found = explain(directory, address, moment);
    const { definition } = lookup(directory, address, moment);
    const asksTables = values.stage !== undefined || Boolean(terminal.environment.BOUNCES_TABLE);
    const blocks = asksTables ? await blocksOf(terminal, stage, found.destinations) : new Map();
    const explained: Explained = {
      ...found,
      destinations: found.destinations.map((mailbox) => {
        const blockedUntil = blocks.get(mailbox);
        return { address: mailbox, ...(blockedUntil === undefined ? {} : { blockedUntil }) };
      }),
      ...(found.status === 'inactive' && definition !== undefined ? whyInactive(definition) : {}),
    };
    if (values.format === 'json') printJson(terminal, explained);
    else {
      const isOurs = directory.domains.has(splitAddress(address).domain);
      const branches = definition === undefined ? [] : branchesOf(directory, definition, moment.today);
      terminal.out(explainText(explained, { isOurs, branches }));
    }
    return exit.fine;
  },
});

/** An alias that is switched off stays so whatever its date says. */
function whyInactive({ active, expires }: Definition): Pick<Explained, 'reason' | 'expires'> {
  if (!active || expires === undefined) return { reason: 'switched-off' };
  return { reason: 'expired', expires };
}

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
