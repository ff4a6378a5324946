import { milliseconds, plus, toSeconds } from '../../../schema/src/text/time.ts';
import { replay as sendAgain } from '../delivery/replay.ts';
import { type Arguments, address, only, wantsJson } from './arguments.ts';
import { openStage } from './open.ts';
import type { Terminal } from './terminal.ts';

/** For all of it: nobody waits on the other end. */
const patience = milliseconds(300_000);

/** `replay ID [--to ADDRESS] [--alias ADDRESS]`: exit 1 where not all of it was sent. */
export async function replay(args: Arguments, terminal: Terminal): Promise<number> {
  const isJson = wantsJson(args);
  const messageId = only(args, 'message id');
  const { to, alias } = args.options;
  const request = {
    messageId,
    ...(to === undefined ? {} : { to: address(to) }),
    ...(alias === undefined ? {} : { alias: address(alias) }),
  };
  const { ports, settings } = await openStage(args, terminal);
  const now = milliseconds(terminal.now);
  const deadline = plus(now, patience);
  const replayed = await sendAgain(request, ports, { ...settings, deadline }, toSeconds(now));
  if ('fault' in replayed) {
    terminal.note(`${replayed.fault}\n`);
    return 1;
  }
  const { sent, due, refused, looped } = replayed.tally;
  terminal.out(
    isJson
      ? `${JSON.stringify(replayed.tally)}\n`
      : `${sent} sent, ${due} still due, ${refused} refused, ${looped} in a loop\n`,
  );
  return due + refused + looped === 0 ? 0 : 1;
}
