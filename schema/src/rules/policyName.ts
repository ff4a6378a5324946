import { spanOf } from '../text/source.ts';
import { suggest } from '../text/suggest.ts';
import type { Rule } from './rule.ts';

export const policyName: Rule = {
  code: 'policy-name',
  summary: '`_policy.yml` protects names of aliases, and addresses at managed domains.',
  *find({ policyFile, fileOf, unreadDomains }) {
    for (const { name, protection } of policyFile?.protections ?? []) {
      const { text, read } = name;
      if (protection === undefined) {
        yield {
          code: 'policy-name',
          severity: 'error',
          message: `\`${text.text}\` is not a valid alias name: ${read.fault ?? 'it is empty'}.`,
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
        message: `\`${text.text}\` is protected, but ${domain} has no file.`,
        help:
          meant === undefined ? 'delete the line, or add the file' : `did you mean \`${alias}@${meant}\`?`,
        ...spanOf(text),
      };
    }
  },
};
