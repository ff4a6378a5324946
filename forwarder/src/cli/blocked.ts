import { milliseconds, toSeconds } from '../../../schema/src/text/time.ts';
import { type Blocked, listBlocked } from '../delivery/inspection.ts';
import { unblock } from '../delivery/unblock.ts';
import { openStage } from './openStage.ts';
import { command, common, readAddress } from './terminal.ts';

/** The destinations that get no mail because mail to them bounced or was complained about. */
export const blockedCommand = command({
  summary: 'List the destinations that are blocked, until when and why',
  words: [],
  options: { stage: common.stage, format: common.format },
  example: '',
  otherExamples: ['--stage test', '--format json'],
  async run(terminal, { values }) {
    const isJson = values.format === 'json';
    const { ports, settings } = await openStage(values.stage, terminal);
    const rows = await ports.tables.bounces.readAll();
    const found = listBlocked(rows, settings, toSeconds(milliseconds(terminal.now)));
    if (isJson) terminal.out(`${JSON.stringify(found, undefined, 2)}\n`);
    else if (found.length === 0) terminal.out('Nobody is blocked.\n');
    for (const blocked of isJson ? [] : found) terminal.out(blockedLine(blocked));
    return 0;
  },
});

function blockedLine({ destination, bounces, until, reason, unblocked }: Blocked): string {
  const end = until === undefined ? 'for good' : `until ${until}`;
  const again = unblocked === undefined ? '' : `, again since it was unblocked on ${unblocked}`;
  const why = reason === undefined ? '' : `: ${reason}`;
  return `${destination}  ${bounces} ${bounces === 1 ? 'bounce' : 'bounces'}, ${end}${again}${why}\n`;
}

/** Removes our rows and SES's entry, so that the address gets mail again, and tells it; exit 1 where it stays blocked. */
export const unblockCommand = command({
  summary: 'Remove what blocks a destination, so that it gets mail again, and tell it',
  words: [{ name: 'ADDRESS', isRequired: true }],
  options: {
    again: { kind: 'flag', help: 'also one that blocked itself again within a week' },
    stage: common.stage,
  },
  example: 'jane@mailbox.example',
  async run(terminal, { values, words: [word = ''] }) {
    const destination = readAddress(word);
    const { ports, settings, suppression, aliases } = await openStage(values.stage, terminal);
    const { tables, ledger, sender } = ports;
    const unblocked = await unblock(
      destination,
      { bounces: tables.bounces, aliases, ledger, sender, suppression },
      { ...settings, again: values.again === true },
      toSeconds(milliseconds(terminal.now)),
    );
    if ('blockedAgain' in unblocked) {
      terminal.note(
        `${destination} was unblocked on ${unblocked.blockedAgain}, and mail to it came back again: it stays blocked. Ask its owner for a mailbox that works. If this one does by now, add --again.\n`,
      );
      return 1;
    }
    const { removed, wasSuppressed, told } = unblocked;
    const list = wasSuppressed ? 'removed from' : 'not on';
    terminal.out(
      `${removed} ${removed === 1 ? 'bounce' : 'bounces'} removed; ${list} SES's suppression list; ${toldText(told)}\n`,
    );
    return 0;
  },
});

function toldText(told: boolean | string): string {
  if (typeof told === 'string') return `the mailbox could not be told (${told})`;
  return told ? 'the mailbox was told' : 'the mailbox was not told';
}
