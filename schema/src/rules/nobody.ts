import { reach } from '../directory/graph.ts';
import { isInForce } from '../directory/resolve.ts';
import type { Repository } from '../files/repository.ts';
import type { Diagnostic } from '../text/diagnostic.ts';
import { spanOf } from '../text/source.ts';
import { oncePerPlace, type Rule } from './rule.ts';

export const nobody: Rule = {
  code: 'nobody',
  summary: 'Mail to an active alias reaches somebody.',
  *find(repository) {
    yield* oncePerPlace(findAll(repository));
  },
};

function* findAll({ references, walk, options }: Repository): Generator<Diagnostic> {
  const inCycles = new Set(walk.cycles.flat().map(({ alias }) => alias));
  const { today } = options;
  const ever = reach(references, ({ active }) => active, inCycles);
  const now = reach(references, (definition) => isInForce(definition, today), inCycles);
  for (const [number, { entry, definition }] of references.aliases.entries()) {
    if (!isInForce(definition, today) || now[number] === true) continue;
    const name = entry.name.text.text;
    // What has become wrong by time alone must not turn unchanged files red.
    const isByTime = ever[number] === true;
    yield {
      code: 'nobody',
      severity: isByTime ? 'warning' : 'error',
      message: isByTime
        ? `\`${name}\` no longer reaches anybody, because everything that it leads to has expired.`
        : definition.destinations.length === 0
          ? `\`${name}\` has no destination, so its mail reaches nobody.`
          : `\`${name}\` reaches nobody, because everything that it leads to is inactive.`,
      help: 'add a destination, or write `active: false` if its mail should be refused',
      ...spanOf(entry.name.text),
    };
  }
}
