import { isInForce, resolve } from '../directory/resolve.ts';
import type { PolicyFile, Protection } from '../files/policy.ts';
import type { Repository } from '../files/repository.ts';
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
    if (repository.isSharedUnread) return;
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
  if (now === undefined || now >= minimum) return;
  // What has become wrong by time alone must not turn unchanged files red.
  const isByTime = (membersOf(repository, definition, beforeAll) ?? minimum) >= minimum;
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

/** How many mailboxes it reaches; undefined where that depends on a file that was not read. */
function membersOf(repository: Repository, definition: Definition, today: string): number | undefined {
  if (!isInForce(definition, today)) return 0;
  const { destinations, skipped } = resolve(repository.directory, definition, today);
  const isUnknown = repository.isSharedUnread && skipped.some(({ reason }) => reason === 'undefined');
  return isUnknown ? undefined : destinations.length;
}
