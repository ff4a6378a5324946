import { reach } from '../directory/graph.ts';
import { isInForce } from '../directory/resolve.ts';
import type { Repository } from '../files/repository.ts';
import { say } from '../messages/message.ts';
import type { Finding } from '../text/diagnostic.ts';
import { spanOf } from '../text/source.ts';
import { oncePerPlace, type Rule } from './rule.ts';

export const nobody: Rule = {
  code: 'nobody',
  summary: 'Mail to an active alias reaches somebody.',
  *find(repository) {
    yield* oncePerPlace(findAll(repository));
  },
};

function* findAll({ references, walk, options }: Repository): Generator<Finding> {
  const inCycles = new Set(walk.cycles.flat().map(({ alias }) => alias));
  const { today } = options;
  const ever = reach(references, ({ active }) => active, inCycles);
  const now = reach(references, (definition) => isInForce(definition, today), inCycles);
  for (const [number, { entry, definition }] of references.aliases.entries()) {
    if (!isInForce(definition, today) || now[number] === true) continue;
    const alias = entry.name.text.text;
    // What has become wrong by time alone must not turn unchanged files red.
    const isByTime = ever[number] === true;
    yield {
      code: 'nobody',
      severity: isByTime ? 'warning' : 'error',
      message: isByTime
        ? say('`{alias}` no longer reaches anybody, because everything that it leads to has expired.', {
            alias,
          })
        : definition.destinations.length === 0
          ? say('`{alias}` has no destination, so its mail reaches nobody.', { alias })
          : say('`{alias}` reaches nobody, because everything that it leads to is inactive.', { alias }),
      help: say('add a destination, or write `active: false` if its mail should be refused'),
      ...spanOf(entry.name.text),
    };
  }
}
