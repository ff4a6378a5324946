import type { Repository } from '../files/repository.ts';
import { say } from '../messages/message.ts';
import type { Finding } from '../text/diagnostic.ts';
import { spanOf } from '../text/source.ts';
import { suggest } from '../text/suggest.ts';
import { oncePerPlace, type Rule } from './rule.ts';

export const allowedDomain: Rule = {
  code: 'allowed-domain',
  summary: 'If `_policy.yml` names allowed domains, every mailbox outside is at one of them.',
  *find(repository) {
    yield* oncePerPlace(findAll(repository));
  },
};

function* findAll({ references, policyFile }: Repository): Generator<Finding> {
  const allowed = policyFile?.policy.allowedDomains;
  if (allowed === undefined) return;
  const known = new Set(allowed);
  for (const { destination, target } of references.edges.flat()) {
    const { text, read } = destination;
    if (target !== 'outside' || read.value?.kind !== 'address') continue;
    const { local, domain } = read.value;
    if (known.has(domain)) continue;
    const meant = suggest(domain, known);
    yield {
      code: 'allowed-domain',
      severity: 'error',
      message: say('`{text}` is at {domain}, which `_policy.yml` does not allow.', {
        text: text.text,
        domain,
      }),
      help:
        meant === undefined
          ? say('use another address, or ask the maintainers to add the domain to `allowedDomains`')
          : say('did you mean `{meant}`?', { meant: `${local}@${meant}` }),
      ...spanOf(text),
    };
  }
}
