import type { Reading } from '../files/model.ts';
import type { PolicyFile } from '../files/policy.ts';
import type { Repository } from '../files/repository.ts';
import { say } from '../messages/message.ts';
import { withoutEntry } from '../text/correction.ts';
import type { Finding } from '../text/diagnostic.ts';
import { spanOf } from '../text/source.ts';
import { suggest } from '../text/suggest.ts';
import type { Rule } from './rule.ts';

export const policyName: Rule = {
  code: 'policy-name',
  summary:
    '`_policy.yml` protects names of aliases, and addresses at managed domains, and lists a domain once.',
  *find(repository) {
    const { policyFile } = repository;
    for (const one of policyFile?.protections ?? []) yield* judgeProtection(one, repository);
    yield* judgeDomains(policyFile?.domains ?? [], repository);
  },
};

function* judgeProtection(
  { name, protection }: PolicyFile['protections'][number],
  { fileOf, unread }: Repository,
): Generator<Finding> {
  const { text, read } = name;
  if (protection === undefined) {
    yield {
      code: 'policy-name',
      severity: 'error',
      message: say('`{name}` is not a valid alias name: {fault}.', {
        name: text.text,
        fault: read.fault ?? say('it is empty'),
      }),
      ...spanOf(text),
    };
    return;
  }
  const { alias, domain } = protection;
  if (domain === undefined || fileOf.has(domain) || unread.domains.has(domain)) return;
  const meant = suggest(domain, fileOf.keys());
  yield {
    code: 'policy-name',
    severity: 'error',
    message: say('`{name}` is protected, but {domain} has no file.', { name: text.text, domain }),
    help:
      meant === undefined
        ? say('delete the line, or add the file')
        : say('did you mean `{meant}`?', { meant: `${alias}@${meant}` }),
    ...spanOf(text),
  };
}

/** A domain may be listed before it has a file; one that is misspelt leaves the domain that is meant off the list. */
function* judgeDomains(domains: readonly Reading[], { directory, unread }: Repository): Generator<Finding> {
  const listed = new Map<string, Reading>();
  for (const reading of domains) {
    const { text, read } = reading;
    if (read.value === undefined) continue;
    const first = listed.get(read.value);
    if (first === undefined) {
      listed.set(read.value, reading);
      continue;
    }
    yield {
      code: 'policy-name',
      severity: 'error',
      message: say('{domain} is listed twice in `domains`.', { domain: read.value }),
      help: say('delete one of the two'),
      ...withoutEntry(text),
      ...spanOf(text),
      related: [{ message: say('the first is here'), ...spanOf(first.text) }],
    };
  }
  const unlisted = [...directory.domains.keys()].filter((domain) => !listed.has(domain));
  for (const [domain, { text }] of listed) {
    if (directory.domains.has(domain) || unread.domains.has(domain)) continue;
    const meant = suggest(domain, unlisted);
    if (meant === undefined) continue;
    yield {
      code: 'policy-name',
      severity: 'warning',
      message: say('`domains` lists {domain}, which is not managed here, but leaves out {meant}, which is.', {
        domain,
        meant,
      }),
      help: say('did you mean `{meant}`?', { meant }),
      ...spanOf(text),
    };
  }
}
