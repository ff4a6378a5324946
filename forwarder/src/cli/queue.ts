import { milliseconds, plus, toSeconds } from '../../../schema/src/text/time.ts';
import { isEngaged } from '../delivery/bounceRateBrake.ts';
import { readQueue } from '../delivery/inspection.ts';
import { isAnswer, isEntry, type Task } from '../delivery/ledger.ts';
import { findOrphans } from '../delivery/orphans.ts';
import { hurried, paceOf } from '../delivery/pace.ts';
import { replay } from '../delivery/replay.ts';
import { brakeLine } from './brake.ts';
import { utc } from './mailEnds.ts';
import { openStage } from './openStage.ts';
import { command, common, readAddress } from './terminal.ts';

/** The mails that wait, the kept events, and the mails that nothing knows of. */
export const queueCommand = command({
  summary: 'List the mails that wait, the kept events, and stored mails that no row knows of',
  words: [],
  options: { stage: common.stage, format: common.format },
  example: '',
  otherExamples: ['--stage test', '--format json'],
  async run(terminal, { values }) {
    const { ports } = await openStage(values.stage, terminal);
    const due = await readQueue(ports.ledger);
    const kept: string[] = [];
    for await (const { messageId } of ports.events.keptEvents()) kept.push(messageId);
    const orphans = await findOrphans(ports, milliseconds(terminal.now));
    const brake = await ports.brake.read();
    const now = toSeconds(milliseconds(terminal.now));
    if (values.format === 'json') {
      const isBraked = isEngaged(brake, now);
      terminal.out(`${JSON.stringify({ due, kept, orphans, isBraked }, undefined, 2)}\n`);
      return 0;
    }
    terminal.out(`${due.length} due, ${kept.length} kept events, ${orphans.length} orphans\n`);
    if (isEngaged(brake, now)) terminal.out(`${brakeLine(brake, now)}\n`);
    for (const row of due) terminal.out(rowLine(row));
    for (const messageId of kept) terminal.out(`${messageId}  kept, since no table took it\n`);
    for (const messageId of orphans) terminal.out(`${messageId}  stored, and never received\n`);
    return 0;
  },
});

/** For all of it: nobody waits on the other end. */
const patience = milliseconds(300_000);

/** Sends a stored mail again; exit 1 where not all of it was sent. */
export const replayCommand = command({
  summary: 'Send a stored mail again',
  words: [{ name: 'ID', isRequired: true }],
  options: {
    to: { kind: 'text', value: 'ADDRESS', help: 'only to this destination' },
    alias: { kind: 'text', value: 'ADDRESS', help: 'only as mail to this alias' },
    stage: common.stage,
    format: common.format,
  },
  example: 'MESSAGE-ID --to jane@mailbox.example',
  async run(terminal, { values, words: [messageId = ''] }) {
    const { to, alias } = values;
    const request = {
      messageId,
      ...(to === undefined ? {} : { to: readAddress(to) }),
      ...(alias === undefined ? {} : { alias: readAddress(alias) }),
    };
    const { ports, settings } = await openStage(values.stage, terminal);
    const now = milliseconds(terminal.now);
    const deadline = plus(now, patience);
    const pace = paceOf(ports, hurried(1));
    const replayed = await replay(request, ports, { ...settings, deadline, pace }, toSeconds(now));
    if ('fault' in replayed) {
      terminal.note(`${replayed.fault}\n`);
      return 1;
    }
    const { sent, due, refused, looped } = replayed.tally;
    if (replayed.recipients !== undefined) {
      terminal.note(`Taken in as mail to ${replayed.recipients.join(', ')}.\n`);
    }
    terminal.out(
      values.format === 'json'
        ? `${JSON.stringify(replayed.tally)}\n`
        : `${sent} sent, ${due} still due, ${refused} refused, ${looped} in a loop\n`,
    );
    return due + refused + looped === 0 ? 0 : 1;
  },
});

/** What is owed, on a line. */
function rowLine(row: Task): string {
  const who = isEntry(row)
    ? `${row.recipient} to ${row.destination}`
    : isAnswer(row)
      ? `answer about ${row.refusals.map(({ recipient }) => recipient).join(', ')}`
      : 'waits to be taken in';
  const reason = row.reason === undefined ? '' : ` (${row.reason})`;
  return `${utc(row.receivedAt)}  ${row.messageId}  ${who}, attempts ${row.attempts}, next ${utc(row.nextAttemptAt)}${reason}\n`;
}
