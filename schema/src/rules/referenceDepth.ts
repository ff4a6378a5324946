import { say } from '../messages/message.ts';
import { spanOf } from '../text/source.ts';
import { oncePerPlace, type Rule } from './rule.ts';

/** References in a row. */
const depthLimit = 20;

export const referenceDepth: Rule = {
  code: 'reference-depth',
  summary: 'An alias leads through at most 20 others to a mailbox.',
  *find({ aliases, walk }) {
    const inCycles = new Set(walk.cycles.flat().map(({ alias }) => alias));
    // Those that lead to one too deep are deeper still: the first beyond the limit is the one to tell.
    const tooDeep = aliases.filter(
      (_, number) => walk.depths[number] === depthLimit + 1 && !inCycles.has(number),
    );
    yield* oncePerPlace(
      tooDeep.map(({ entry }) => ({
        code: 'reference-depth',
        severity: 'error' as const,
        message: say('`{alias}` leads through more than {limit} aliases before it reaches a mailbox.', {
          alias: entry.name.text.text,
          limit: depthLimit,
        }),
        help: say('list the mailboxes, or an alias closer to them'),
        ...spanOf(entry.name.text),
      })),
    );
  },
};
