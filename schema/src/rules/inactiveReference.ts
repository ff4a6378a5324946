import { isExpired } from '../directory/resolve.ts';
import type { Repository } from '../files/repository.ts';
import { say } from '../messages/message.ts';
import type { Finding } from '../text/diagnostic.ts';
import { spanOf } from '../text/source.ts';
import { oncePerPlace, type Rule } from './rule.ts';

export const inactiveReference: Rule = {
  code: 'inactive-reference',
  summary: 'No destination is an inactive or expired alias.',
  *find(repository) {
    yield* oncePerPlace(findAll(repository));
  },
};

function* findAll({ references, options }: Repository): Generator<Finding> {
  for (const [number, owner] of references.aliases.entries()) {
    if (!owner.definition.active) continue;
    for (const { destination, target } of references.edges[number] ?? []) {
      const found = typeof target === 'number' ? references.aliases[target] : undefined;
      if (found === undefined) continue;
      const isOff = !found.definition.active;
      if (!isOff && !isExpired(found.definition, options.today)) continue;
      const { text } = destination;
      yield {
        code: 'inactive-reference',
        severity: 'warning',
        message: isOff
          ? say('`{text}` is inactive (`active: false`), so nobody gets mail through it.', {
              text: text.text,
            })
          : say('`{text}` expired on {date}, so nobody gets mail through it.', {
              text: text.text,
              date: found.definition.expires ?? '',
            }),
        help: isOff
          ? say('delete it here, or activate it again')
          : say('delete it here, or give it a future date'),
        related: [{ message: say('it is defined here'), ...spanOf(found.entry.name.text) }],
        ...spanOf(text),
      };
    }
  }
}
