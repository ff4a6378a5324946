import { milliseconds, toSeconds } from '../../../schema/src/text/time.ts';
import { type Brake, isEngaged, releaseBrake } from '../delivery/bounceRateBrake.ts';
import { openStage } from './openStage.ts';
import { command, common } from './terminal.ts';

/** Whether mail to new destinations waits because too many mails bounced; and its end. */
export const brakeCommand = command({
  summary: 'Show whether mail to new destinations waits because too many mails bounced, or let it go',
  words: [],
  options: {
    release: { kind: 'flag', help: 'let it go; what bounced until now holds nothing back again' },
    stage: common.stage,
    format: common.format,
  },
  example: '',
  otherExamples: ['--release', '--format json'],
  async run(terminal, { values }) {
    const { ports } = await openStage(values.stage, terminal);
    const now = toSeconds(milliseconds(terminal.now));
    const isReleased = values.release && (await releaseBrake(ports.brake, now));
    const brake = await ports.brake.read();
    if (values.format === 'json') {
      terminal.out(`${JSON.stringify({ ...brake, isEngaged: isEngaged(brake, now), isReleased })}\n`);
    } else {
      const state = isReleased
        ? 'Released: mail to new destinations goes out within 20 minutes.'
        : brakeLine(brake, toSeconds(milliseconds(terminal.now)));
      terminal.out(`${state}\n`);
    }
    return 0;
  },
});

export function brakeLine(brake: Brake | undefined, now: Parameters<typeof isEngaged>[1]): string {
  if (brake === undefined || !isEngaged(brake, now)) return 'No mail waits because of bounces.';
  const rate = (100 * brake.rate).toFixed(1);
  return `${rate} % of the latest mails bounced: mail to destinations that were never reached waits.`;
}
