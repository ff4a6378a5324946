import { mayBeDefined } from '../files/unread.ts';
import { say } from '../messages/message.ts';
import { spanOf } from '../text/source.ts';
import type { Rule } from './rule.ts';

/** RFC 2142, 4 and 5: the one must exist at every domain, the other is where abuse of a domain is reported. */
const roles = ['abuse', 'postmaster'];

export const missingRole: Rule = {
  code: 'missing-role',
  summary: 'Every domain has the active aliases `postmaster` and `abuse`.',
  *find({ fileOf, directory, unread }) {
    for (const [domain, file] of fileOf) {
      const aliases = directory.definitions.get(domain);
      const missing = roles.filter(
        (role) => aliases?.get(role)?.active !== true && !mayBeDefined(unread, domain, role),
      );
      if (missing.length === 0) continue;
      yield {
        code: 'missing-role',
        severity: 'warning',
        message: say('{domain} has no active alias {missing}, where other mail systems report problems.', {
          domain,
          missing: { or: missing.map((role) => `\`${role}\``) },
        }),
        help: say(
          'define {count, plural, one {it} other {them}} here, or for every domain in `_shared.yml`',
          {
            count: missing.length,
          },
        ),
        ...spanOf(file.domain.text),
      };
    }
  },
};
