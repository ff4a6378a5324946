import { domainOf } from '../files/fileNames.ts';
import { spanOf } from '../text/source.ts';
import type { Rule } from './rule.ts';

export const domainMismatch: Rule = {
  code: 'domain-mismatch',
  summary: 'The domain in a file is the one that the file is named after.',
  *find({ domainFiles }) {
    for (const { file, domain } of domainFiles) {
      const named = domainOf(file.name);
      if (named === undefined || domain.read.value === undefined || named === domain.read.value) continue;
      yield {
        code: 'domain-mismatch',
        severity: 'error',
        message: `This file is named \`${file.name}\`, but its domain is \`${domain.text.text}\`.`,
        help: `write \`domain: ${named}\`, or rename the file to \`${domain.read.value}.yml\``,
        ...spanOf(domain.text),
      };
    }
  },
};
