import type { Repository } from '../files/repository.ts';
import type { Diagnostic } from '../text/diagnostic.ts';
import { spanOf } from '../text/source.ts';
import { suggest } from '../text/suggest.ts';
import { oncePerPlace } from './oncePerPlace.ts';
import type { Rule } from './rule.ts';

export const allowedDomain: Rule = {
  code: 'allowed-domain',
  summary: 'A mailbox outside is at a domain that `_policy.yml` allows, where it names any.',
  *find(repository) {
    yield* oncePerPlace(findAll(repository));
  },
};

function* findAll({ references, policyFile }: Repository): Generator<Diagnostic> {
  const allowed = policyFile?.policy.allowedDomains;
  if (allowed === undefined) return;
  const known = new Set(allowed);
  for (const { destination, target } of references.edges.flat()) {
    const { text, read } = destination;
    if (target !== 'outside' || read.value === undefined) continue;
    const at = read.value.lastIndexOf('@');
    const domain = read.value.slice(at + 1);
    if (known.has(domain)) continue;
    const meant = suggest(domain, known);
    yield {
      code: 'allowed-domain',
      severity: 'error',
      message: `\`${text.text}\` is at ${domain}, which is not among the domains that \`_policy.yml\` allows.`,
      help:
        meant === undefined
          ? 'use another address, or ask the maintainers to add the domain to `allowedDomains`'
          : `did you mean \`${read.value.slice(0, at)}@${meant}\`?`,
      ...spanOf(text),
    };
  }
}
