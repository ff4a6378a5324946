import type { Reading } from '../files/model.ts';
import { say } from '../messages/message.ts';
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
        const name = at.text.text;
        const managed = fileOf.get(value);
        const before = claimed.get(value);
        const fault = { code: 'alias-domain', severity: 'error', ...spanOf(at.text) } as const;
        if (managed !== undefined) {
          yield {
            ...fault,
            message:
              managed === file
                ? say('`{name}` is the domain of this file, so it cannot also be one of its alias domains.', {
                    name,
                  })
                : say('`{name}` has its own file, `{file}`, so it cannot be an alias domain of `{by}`.', {
                    name,
                    file: managed.file.name,
                    by,
                  }),
            help: managed === file ? say('delete it here') : say('delete it here, or delete that file'),
            related: [{ message: say('its own file is this one'), ...spanOf(managed.domain.text) }],
          };
        } else if (before !== undefined) {
          yield {
            ...fault,
            message: say('`{name}` is already an alias domain of `{by}`.', { name, by: before.by }),
            help: say('delete one of the two'),
            related: [{ message: say('the first is here'), ...spanOf(before.at.text) }],
          };
        } else claimed.set(value, { by, at });
      }
    }
  },
};
