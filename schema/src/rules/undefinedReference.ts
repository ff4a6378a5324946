import { mainDomain } from '../directory/resolve.ts';
import type { OwnedAlias, Repository } from '../files/repository.ts';
import type { Destination } from '../text/address.ts';
import type { Diagnostic } from '../text/diagnostic.ts';
import { spanOf } from '../text/source.ts';
import { suggest } from '../text/suggest.ts';
import { meantByPaste } from './destination.ts';
import { oncePerPlace, type Rule } from './rule.ts';

/** Beyond this many undefined references no cure is suggested: each search goes through all aliases. */
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
    // A name that is listed twice is another rule's concern, and is reported as undefined only once.
    const told = new Set<string>();
    if (meantByPaste(owner.entry) !== undefined) continue;
    for (const { destination, target } of repository.references.edges[number] ?? []) {
      const { text, read } = destination;
      if (target !== 'undefined' || read.value === undefined || told.has(read.value.text)) continue;
      told.add(read.value.text);
      found += 1;
      const help = found > cureLimit ? undefined : cure(repository, owner, read.value);
      yield {
        code: 'undefined-reference',
        severity: 'error',
        message: `\`${text.text}\` is not an alias of ${domainOf(repository, owner, read.value)}.`,
        help:
          help ??
          'define it under `aliases:`, or, for a mailbox elsewhere, write its full address, such as `jane@gmail.com`',
        ...spanOf(text),
      };
    }
  }
}

function domainOf({ directory }: Repository, { domain }: OwnedAlias, written: Destination): string {
  return written.kind === 'address' ? mainDomain(directory, written.domain) : domain;
}

function cure(repository: Repository, owner: OwnedAlias, written: Destination): string | undefined {
  const { local } = written;
  const domain = domainOf(repository, owner, written);
  const suffix = written.kind === 'address' ? `@${written.domain}` : '';
  const own = suggest(local, repository.directory.definitions.get(domain)?.keys() ?? []);
  if (own !== undefined) return `did you mean \`${own}${suffix}\`?`;
  for (const [other, aliases] of repository.directory.definitions) {
    if (other !== domain && aliases.has(local)) return `did you mean \`${local}@${other}\`?`;
  }
  return undefined;
}
