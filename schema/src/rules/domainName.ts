import type { Reading } from '../files/model.ts';
import { spanOf } from '../text/source.ts';
import type { Rule } from './rule.ts';

export const domainName: Rule = {
  code: 'domain-name',
  summary: 'A domain is a valid one.',
  *find({ domainFiles, policyFile }) {
    const readings: Reading[] = domainFiles.flatMap((file) => [file.domain, ...file.aliasDomains]);
    if (policyFile !== undefined) readings.push(...policyFile.domains, ...policyFile.allowedDomains);
    for (const { text, read } of readings) {
      if (read.fault === undefined) continue;
      yield {
        code: 'domain-name',
        severity: 'error',
        message: `\`${text.text}\` is not a valid domain: ${read.fault}.`,
        ...(text.text.includes('@') && {
          help: `write only the part after the @: \`${text.text.split('@').at(-1)}\``,
        }),
        ...spanOf(text),
      };
    }
  },
};
