import { fittingIn } from './escape.ts';
import type { Speaker } from './speaker.ts';

/** As many whole lines as have room, in bytes, and how many there are besides. `unseen` ones were left out before. */
export function cutLines(lines: readonly string[], room: number, speaker: Speaker, unseen = 0): string[] {
  const fitting = fittingIn(lines, Math.max(0, room - 200));
  const more = unseen + lines.slice(fitting).filter((line) => line !== '').length;
  if (more === 0) return [...lines];
  const rest = speaker.say(
    '{more, plural, one {# more is} other {# more are}} not shown here; the log of the run has them all.',
    { more },
  );
  return [...lines.slice(0, fitting), '', rest];
}
