import { spanOf } from '../text/source.ts';
import { suggest } from '../text/suggest.ts';
import type { Rule } from './rule.ts';

export const policyName: Rule = {
  code: 'policy-name',
  summary: 'What `_policy.yml` protects is the name of an alias, or its address at a managed domain.',
  *find({ policyFile, fileOf, unreadDomains }) {
    for (const { name, protection } of policyFile?.protections ?? []) {
      const { text, read } = name;
      if (protection === undefined) {
        yield {
          code: 'policy-name',
          severity: 'error',
          message: `\`${text.text}\` cannot be the name of an alias: ${read.fault ?? 'it is empty'}.`,
          ...spanOf(text),
        };
        continue;
      }
      const { alias, domain } = protection;
      if (domain === undefined || fileOf.has(domain) || unreadDomains.has(domain)) continue;
      const meant = suggest(domain, fileOf.keys());
      yield {
        code: 'policy-name',
        severity: 'error',
        message: `\`${text.text}\` is protected, but there is no file for ${domain}.`,
        help:
          meant === undefined ? 'delete the line, or add the file' : `did you mean \`${alias}@${meant}\`?`,
        ...spanOf(text),
      };
    }
  },
};
