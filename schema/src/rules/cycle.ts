import type { Step } from '../directory/graph.ts';
import type { Repository } from '../files/repository.ts';
import type { Diagnostic, Related } from '../text/diagnostic.ts';
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

function report(repository: Repository, steps: readonly Step[]): Diagnostic | [] {
  const links = steps.flatMap((step) => linkOf(repository, step));
  const [first, ...others] = links;
  if (first === undefined) return [];
  const names = [...links.map(({ name }) => name), first.name];
  const shown = names.length > 8 ? [...names.slice(0, 6), `… (${names.length - 7} more)`, first.name] : names;
  return {
    code: 'cycle',
    severity: 'error',
    message:
      others.length === 0
        ? `\`${first.name}\` has itself as a destination, so its mail would never be delivered.`
        : `\`${first.name}\` leads back to itself, so its mail would never be delivered: ${shown.join(' → ')}.`,
    help: 'delete one of these destinations',
    ...(others.length > 0 && { related: others.slice(0, relatedLimit).map(({ related }) => related) }),
    ...spanOf(first.place),
  };
}

function linkOf({ references }: Repository, { alias, edge }: Step) {
  const owner = references.aliases[alias];
  const destination = references.edges[alias]?.[edge]?.destination;
  if (owner === undefined || destination === undefined) return [];
  const name = `${owner.definition.alias}@${owner.domain}`;
  const message = `\`${name}\` leads to \`${destination.text.text}\` here`;
  const related: Related = { message, ...spanOf(destination.text) };
  return [{ name, place: destination.text, related }];
}
