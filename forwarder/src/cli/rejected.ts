import { UsageError } from '../../../schema/src/commandLine/options.ts';
import { milliseconds, plus, type Seconds, seconds, toSeconds } from '../../../schema/src/text/time.ts';
import { listRejected } from '../delivery/rejected.ts';
import { leftOutWord, printable, utc } from './mailEnds.ts';
import { openStage } from './openStage.ts';
import { command, common } from './terminal.ts';

const usualDays = 7;
const usualLimit = 50;

/** The last mails that somebody did not get by policy, or for want of an alias. */
export const rejectedCommand = command({
  summary: 'List the last mails that were turned away, and why',
  words: [],
  options: {
    days: { kind: 'text', value: 'N', help: `how many days back (${usualDays}; rows are kept for 90)` },
    limit: { kind: 'text', value: 'N', help: `how many mails to list at most (${usualLimit})` },
    stage: common.stage,
    format: common.format,
  },
  example: '--days 30',
  async run(terminal, { values }) {
    const days = readCount('days', values.days, usualDays);
    const limit = readCount('limit', values.limit, usualLimit);
    const { ports } = await openStage(values.stage, terminal);
    const start = plus(toSeconds(milliseconds(terminal.now)), seconds(-86_400 * days));
    const { count, mails } = await listRejected(ports.ledger, start, limit);
    if (values.format === 'json') {
      const dated = mails.map((mail) => ({ ...mail, receivedAt: iso(mail.receivedAt) }));
      terminal.out(`${JSON.stringify({ since: iso(start), count, mails: dated }, undefined, 2)}\n`);
      return 0;
    }
    const number = `${count} ${count === 1 ? 'mail was' : 'mails were'} turned away since ${utc(start)}`;
    terminal.out(count > mails.length ? `${number}; the last ${mails.length}:\n` : `${number}.\n`);
    for (const { messageId, sender, receivedAt, recipients } of mails) {
      const who = recipients.map((left) => `${left.recipient} ${leftOutWord(left)}`).join(', ');
      const line = `${utc(receivedAt)}  ${messageId}  ${sender === '' ? 'the null sender' : sender} to ${who}`;
      terminal.out(`${printable(line)}\n`);
    }
    return 0;
  },
});

function iso(time: Seconds): string {
  return new Date(time * 1_000).toISOString();
}

function readCount(name: string, text: string | undefined, usual: number): number {
  if (text === undefined) return usual;
  if (/^[1-9]\d{0,5}$/.test(text)) return Number(text);
  throw new UsageError(`\`--${name}\` must be a whole number from 1, not \`${text}\`.`);
}
