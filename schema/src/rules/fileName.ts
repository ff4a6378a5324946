import { domainOf, properName } from '../files/fileRole.ts';
import { startOfFile } from '../text/source.ts';
import type { Rule } from './rule.ts';

export const fileName: Rule = {
  code: 'file-name',
  summary: 'A file is called after its domain, in lower case and punycode, and ends in `.yml`.',
  *find({ loaded }) {
    for (const { file, role } of loaded) {
      if (role === 'other') continue;
      const proper = properName(file.name);
      if (proper === file.name) continue;
      const fault = { code: 'file-name', severity: 'error', ...startOfFile(file.path) } as const;
      if (role === 'misnamed') {
        const message = `\`${file.name}\` is none of the files that begin with an underscore: \`_shared.yml\` and \`_policy.yml\`.`;
        yield { ...fault, message, help: 'rename it to one of them, or delete it' };
      } else if (proper === undefined) {
        const message = `The file is called \`${file.name}\`, and what stands before \`.yml\` is not a domain.`;
        yield { ...fault, message, help: 'rename it after its domain, as in `example.com.yml`' };
      } else {
        const message = `The file is called \`${file.name}\`; for ${domainOf(file.name) ?? 'what is in it'} it must be \`${proper}\`.`;
        yield { ...fault, message, help: `rename it to \`${proper}\`` };
      }
    }
  },
};
