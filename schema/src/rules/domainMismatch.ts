import { domainOf } from '../files/fileNames.ts';
import { say } from '../messages/message.ts';
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
        message: say('This file is named `{file}`, but its domain is `{domain}`.', {
          file: file.name,
          domain: domain.text.text,
        }),
        help: say('write `domain: {named}`, or rename the file to `{domain}.yml`', {
          named,
          domain: domain.read.value,
        }),
        ...spanOf(domain.text),
      };
    }
  },
};
