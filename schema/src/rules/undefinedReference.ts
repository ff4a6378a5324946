import { mainDomain } from '../directory/resolve.ts';
import type { Reading } from '../files/model.ts';
import type { OwnedAlias, Repository } from '../files/repository.ts';
import type { Diagnostic } from '../text/diagnostic.ts';
import { spanOf } from '../text/source.ts';
import { suggest } from '../text/suggest.ts';
import { oncePerPlace, type Rule } from './rule.ts';

/** Beyond so many undefined references the likely cures are not looked for: each search goes through all aliases. */
const cureLimit = 100;

export const undefinedReference: Rule = {
  code: 'undefined-reference',
  summary: 'A destination at a managed domain is a defined alias.',
  *find(repository) {
    yield* oncePerPlace(findAll(repository));
  },
};

function* findAll(repository: Repository): Generator<Diagnostic> {
  let found = 0;
  for (const [number, owner] of repository.references.aliases.entries()) {
    // That a name stands there twice is another rule's, and is not told as a second undefined one.
    const told = new Set<string | undefined>();
    for (const { destination, target } of repository.references.edges[number] ?? []) {
      if (target !== 'undefined' || told.has(destination.read.value)) continue;
      told.add(destination.read.value);
      found += 1;
      const help = found > cureLimit ? undefined : cure(repository, owner, destination);
      const { text } = destination;
      yield {
        code: 'undefined-reference',
        severity: 'error',
        message: `\`${text.text}\` is not an alias of ${domainOf(repository, owner, destination)}.`,
        help:
          help ??
          'define it under `aliases:`, or, for a mailbox elsewhere, write its full address, such as `jane@gmail.com`',
        ...spanOf(text),
      };
    }
  }
}

function domainOf({ directory }: Repository, { domain }: OwnedAlias, { read }: Reading): string {
  const written = read.value ?? '';
  return written.includes('@') ? mainDomain(directory, written.slice(written.lastIndexOf('@') + 1)) : domain;
}

function cure(repository: Repository, owner: OwnedAlias, destination: Reading): string | undefined {
  const written = destination.read.value ?? '';
  const [local = ''] = written.split('@');
  const domain = domainOf(repository, owner, destination);
  const suffix = written.slice(local.length);
  const own = suggest(local, repository.directory.definitions.get(domain)?.keys() ?? []);
  if (own !== undefined) return `did you mean \`${own}${suffix}\`?`;
  for (const [other, aliases] of repository.directory.definitions) {
    if (other !== domain && aliases.has(local)) return `did you mean \`${local}@${other}\`?`;
  }
  return undefined;
}
