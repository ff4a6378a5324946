import { milliseconds, plus, toSeconds } from '../../../schema/src/text/time.ts';
import { replay } from '../delivery/replay.ts';
import { openStage } from './open.ts';
import { command, common, readAddress } from './terminal.ts';

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
    const replayed = await replay(request, ports, { ...settings, deadline }, toSeconds(now));
    if ('fault' in replayed) {
      terminal.note(`${replayed.fault}\n`);
      return 1;
    }
    const { sent, due, refused, looped } = replayed.tally;
    terminal.out(
      values.format === 'json'
        ? `${JSON.stringify(replayed.tally)}\n`
        : `${sent} sent, ${due} still due, ${refused} refused, ${looped} in a loop\n`,
    );
    return due + refused + looped === 0 ? 0 : 1;
  },
});
