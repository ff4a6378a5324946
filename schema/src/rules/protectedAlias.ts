import { isInForce, resolve } from '../directory/resolve.ts';
import type { PolicyFile, Protection } from '../files/policy.ts';
import type { References, Repository } from '../files/repository.ts';
import { mayBeDefined } from '../files/unread.ts';
import { say } from '../messages/message.ts';
import type { Definition } from '../records/records.ts';
import type { Finding } from '../text/diagnostic.ts';
import { spanOf } from '../text/source.ts';
import type { Rule } from './rule.ts';

type Protected = PolicyFile['protections'][number];

export const protectedAlias: Rule = {
  code: 'protected-alias',
  summary: 'Every alias that `_policy.yml` protects is defined and reaches enough mailboxes.',
  *find(repository) {
    for (const one of repository.policyFile?.protections ?? []) {
      const { protection } = one;
      if (protection === undefined) continue;
      const domains = protection.domain === undefined ? [...repository.fileOf.keys()] : [protection.domain];
      for (const domain of domains) yield* judge(repository, one, protection, domain);
    }
  },
};

function* judge(
  repository: Repository,
  { name }: Protected,
  { alias, minimum }: Protection,
  domain: string,
): Generator<Finding> {
  const file = repository.fileOf.get(domain);
  if (file === undefined) return;
  const fault = {
    code: 'protected-alias',
    related: [{ message: say('it is protected here'), ...spanOf(name.text) }],
  };
  const definition = repository.directory.definitions.get(domain)?.get(alias);
  if (definition === undefined) {
    if (mayBeDefined(repository.unread, domain, alias)) return;
    yield {
      ...fault,
      severity: 'error',
      message: say('`{alias}` is protected, but {domain} does not define it.', { alias, domain }),
      help: say('define `{alias}` under `aliases:`', { alias }),
      ...spanOf(file.domain.text),
    };
    return;
  }
  const now = membersOf(repository, definition, repository.options.today);
  if (now >= minimum || hasMistakeBelow(repository.references, definition)) return;
  // What has become wrong by time alone must not turn unchanged files red.
  const isByTime = membersOf(repository, definition, beforeAll) >= minimum;
  const parts = { alias, domain, minimum, now };
  const entry = file.aliases.find((one) => one.name.read.value === alias);
  yield {
    ...fault,
    severity: isByTime ? 'warning' : 'error',
    message: isByTime
      ? say(
          '`{alias}` of {domain} is protected and must reach at least {minimum, plural, one {# mailbox} other {# mailboxes}}, but reaches {now} because something has expired.',
          parts,
        )
      : say(
          '`{alias}` of {domain} is protected and must reach at least {minimum, plural, one {# mailbox} other {# mailboxes}}, but reaches {now}.',
          parts,
        ),
    help: say('add destinations'),
    ...spanOf(entry?.name.text ?? file.domain.text),
  };
}

/** A day on which nothing has expired yet. */
const beforeAll = '0000-01-01';

function membersOf({ directory }: Repository, definition: Definition, today: string): number {
  return isInForce(definition, today) ? resolve(directory, definition, today).destinations.length : 0;
}

/**
 * Whether a destination on the way means nothing, or could not be read: whom it is meant for is not known, so that
 * mistake is told, and not what may follow from it.
 */
function hasMistakeBelow({ aliases, edges }: References, definition: Definition): boolean {
  const seen = new Set([aliases.findIndex((one) => one.definition === definition)]);
  // A set's iteration goes on to what is added meanwhile.
  for (const alias of seen) {
    for (const { target } of edges[alias] ?? []) {
      if (typeof target === 'number') seen.add(target);
      else if (target !== 'outside') return true;
    }
  }
  return false;
}
