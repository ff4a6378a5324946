import { reach } from '../directory/graph.ts';
import { isInForce } from '../directory/resolve.ts';
import type { References, Repository } from '../files/repository.ts';
import { say } from '../messages/message.ts';
import { inactiveLimit, inactiveSize } from '../records/live.ts';
import type { Definition } from '../records/records.ts';
import type { Finding } from '../text/diagnostic.ts';
import { spanOf } from '../text/source.ts';
import type { Rule } from './rule.ts';

export const tooManyInactive: Rule = {
  code: 'too-many-inactive',
  summary: 'The names of the aliases of a domain that reach nobody fit into one item of the table.',
  *find(repository) {
    const { references, options } = repository;
    // Few domains have so many aliases at all, and only then is it worth knowing which of them reach nobody.
    const all = namesByDomain(references, () => true);
    if (![...all.values()].some(isTooLarge)) return;
    const now = withNobody(references, (definition) => isInForce(definition, options.today));
    const ever = withNobody(references, ({ active }) => active);
    for (const [domain, names] of now) {
      // What has become wrong by time alone must not turn unchanged files red.
      const severity = isTooLarge(ever.get(domain) ?? []) ? 'error' : 'warning';
      if (isTooLarge(names)) yield* report(repository, domain, names, severity);
    }
  },
};

function withNobody(references: References, isInForce: (definition: Definition) => boolean) {
  const reached = reach(references, isInForce, new Set());
  return namesByDomain(references, (number) => reached[number] !== true);
}

function namesByDomain(
  { aliases }: References,
  counts: (number: number) => boolean,
): Map<string, readonly string[]> {
  const counted = aliases.filter((_, number) => counts(number));
  return new Map(
    [...Map.groupBy(counted, ({ domain }) => domain)].map(([domain, own]) => [
      domain,
      own.map(({ definition }) => definition.alias),
    ]),
  );
}

function isTooLarge(names: readonly string[]): boolean {
  return inactiveSize(names) > inactiveLimit;
}

function* report(
  { fileOf }: Repository,
  domain: string,
  names: readonly string[],
  severity: Finding['severity'],
): Generator<Finding> {
  const file = fileOf.get(domain);
  if (file === undefined) return;
  yield {
    code: 'too-many-inactive',
    severity,
    message: say(
      '{count, number} aliases of {domain} are inactive or reach nobody, and their names take too much room: {size, number} KB, and the limit is {limit, number} KB.',
      {
        count: names.length,
        domain,
        size: kilobytes(inactiveSize(names)),
        limit: Math.floor(inactiveLimit / 1024),
      },
    ),
    help: say('delete those that are no longer needed'),
    ...spanOf(file.domain.text),
  };
}

function kilobytes(bytes: number): number {
  return Math.ceil(bytes / 1024);
}
