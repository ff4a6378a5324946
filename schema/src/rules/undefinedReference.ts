import { type Directory, follow, mainDomain } from '../directory/resolve.ts';
import { load } from '../files/load.ts';
import { assemble, type OwnedAlias, type Repository } from '../files/repository.ts';
import { type Message, say } from '../messages/message.ts';
import type { Destination } from '../text/address.ts';
import type { Finding } from '../text/diagnostic.ts';
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

function* findAll(repository: Repository): Generator<Finding> {
  const wasDefined = createMemory(repository);
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
      const span = spanOf(text);
      const group = owner.entry.name.text.text;
      const domain = domainOf(repository, owner, read.value);
      const isGone = wasDefined(owner, read.value);
      const meant = isGone || found > cureLimit ? undefined : cure(repository, owner, read.value);
      yield {
        code: 'undefined-reference',
        severity: 'error',
        message: isGone
          ? say('`{text}` is no longer an alias of {domain}, but `{group}` still lists it.', {
              text: text.text,
              domain,
              group,
            })
          : say('`{text}` is not an alias of {domain}.', { text: text.text, domain }),
        help: meant ?? takeOut(group, span.start.line, isGone),
        ...span,
      };
    }
  }
}

function takeOut(group: string, line: number, isGone: boolean): Message {
  return isGone
    ? say('take it out of `{group}`, line {line}, or define it under `aliases:` again', { group, line })
    : say(
        'take it out of `{group}`, line {line}, or define it under `aliases:`; for a mailbox elsewhere, write its full address, such as `jane@gmail.com`',
        { group, line },
      );
}

/**
 * Whether a destination was an alias before the change. A name that is like that of somebody who was removed is not
 * what was meant: their mail is not for the other.
 */
function createMemory({ options }: Repository): (owner: OwnedAlias, written: Destination) => boolean {
  const { base, ...others } = options;
  let before: Directory | undefined;
  return ({ domain }, written) => {
    if (base === undefined) return false;
    before ??= assemble(base.map(load), others).directory;
    return follow(before, domain, written).kind === 'alias';
  };
}

function domainOf({ directory }: Repository, { domain }: OwnedAlias, written: Destination): string {
  return written.kind === 'address' ? mainDomain(directory, written.domain) : domain;
}

function cure(repository: Repository, owner: OwnedAlias, written: Destination): Message | undefined {
  const { local } = written;
  const domain = domainOf(repository, owner, written);
  const suffix = written.kind === 'address' ? `@${written.domain}` : '';
  const own = suggest(local, repository.directory.definitions.get(domain)?.keys() ?? []);
  if (own !== undefined) return say('did you mean `{meant}`?', { meant: `${own}${suffix}` });
  for (const [other, aliases] of repository.directory.definitions) {
    if (other !== domain && aliases.has(local))
      return say('did you mean `{meant}`?', { meant: `${local}@${other}` });
  }
  return undefined;
}
