import type { Step } from '../directory/graph.ts';
import type { Repository } from '../files/repository.ts';
import { type Message, say } from '../messages/message.ts';
import type { Finding, Related } from '../text/diagnostic.ts';
import { spanOf } from '../text/source.ts';
import { oncePerPlace, type Rule } from './rule.ts';

/** How many other places of a long cycle are shown. */
const relatedLimit = 20;

export const cycle: Rule = {
  code: 'cycle',
  summary: 'No alias leads back to itself.',
  *find(repository) {
    yield* oncePerPlace(repository.walk.cycles.flatMap((steps) => [report(repository, steps)].flat()));
  },
};

function report(repository: Repository, steps: readonly Step[]): Finding | [] {
  const links = steps.flatMap((step) => linkOf(repository, step));
  const [first, ...others] = links;
  if (first === undefined) return [];
  const names = [...links.map(({ name }) => name), first.name];
  return {
    code: 'cycle',
    severity: 'error',
    message:
      others.length === 0
        ? say('`{name}` has itself as a destination, so its mail would never be delivered.', {
            name: first.name,
          })
        : leadsBack(first.name, names),
    help: say('delete one of these destinations'),
    ...(others.length > 0 && { related: others.slice(0, relatedLimit).map(({ related }) => related) }),
    ...spanOf(first.place),
  };
}

function leadsBack(name: string, names: readonly string[]): Message {
  const isLong = names.length > 8;
  const way = (isLong ? names.slice(0, 6) : names).join(' → ');
  return isLong
    ? say(
        '`{name}` leads back to itself, so its mail would never be delivered: {way} → … ({count} more) → {name}.',
        { name, way, count: names.length - 7 },
      )
    : say('`{name}` leads back to itself, so its mail would never be delivered: {way}.', { name, way });
}

function linkOf({ references }: Repository, { alias, edge }: Step) {
  const owner = references.aliases[alias];
  const destination = references.edges[alias]?.[edge]?.destination;
  if (owner === undefined || destination === undefined) return [];
  const name = `${owner.definition.alias}@${owner.domain}`;
  const message = say('`{name}` leads to `{destination}` here', {
    name,
    destination: destination.text.text,
  });
  const related: Related<Message> = { message, ...spanOf(destination.text) };
  return [{ name, place: destination.text, related }];
}
