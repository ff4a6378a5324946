import type { Reading } from '../files/model.ts';
import { spanOf } from '../text/source.ts';
import type { Rule } from './rule.ts';

export const aliasDomain: Rule = {
  code: 'alias-domain',
  summary: 'An alias domain belongs to one domain and has no file of its own.',
  *find({ domainFiles, fileOf }) {
    const claimed = new Map<string, { readonly by: string; readonly at: Reading }>();
    for (const file of domainFiles) {
      const by = file.domain.text.text;
      for (const at of file.aliasDomains) {
        const { value } = at.read;
        if (value === undefined) continue;
        const managed = fileOf.get(value);
        const before = claimed.get(value);
        const fault = { code: 'alias-domain', severity: 'error', ...spanOf(at.text) } as const;
        if (managed !== undefined) {
          yield {
            ...fault,
            message:
              managed === file
                ? `\`${at.text.text}\` is the domain of this file, so it cannot also be one of its alias domains.`
                : `\`${at.text.text}\` has its own file, \`${managed.file.name}\`, so it cannot be an alias domain of \`${by}\`.`,
            help: managed === file ? 'delete it here' : 'delete it here, or delete that file',
            related: [{ message: 'its own file is this one', ...spanOf(managed.domain.text) }],
          };
        } else if (before !== undefined) {
          yield {
            ...fault,
            message: `\`${at.text.text}\` is already an alias domain of \`${before.by}\`.`,
            help: 'delete one of the two',
            related: [{ message: 'the first is here', ...spanOf(before.at.text) }],
          };
        } else claimed.set(value, { by, at });
      }
    }
  },
};
