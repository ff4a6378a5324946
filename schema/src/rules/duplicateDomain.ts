import { say } from '../messages/message.ts';
import { spanOf } from '../text/source.ts';
import type { Rule } from './rule.ts';

export const duplicateDomain: Rule = {
  code: 'duplicate-domain',
  summary: 'A domain has one file.',
  *find({ domainFiles, fileOf }) {
    for (const file of domainFiles) {
      const { value } = file.domain.read;
      const first = value === undefined ? undefined : fileOf.get(value);
      if (first === undefined || first === file) continue;
      yield {
        code: 'duplicate-domain',
        severity: 'error',
        message: say('`{domain}` already has a file: `{file}`.', {
          domain: file.domain.text.text,
          file: first.file.name,
        }),
        help: say('move its aliases into that file and delete this one'),
        related: [{ message: say('the first is here'), ...spanOf(first.domain.text) }],
        ...spanOf(file.domain.text),
      };
    }
  },
};
