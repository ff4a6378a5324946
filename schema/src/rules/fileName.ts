import { properName } from '../files/load.ts';
import { startOfFile } from '../text/source.ts';
import type { Rule } from './rule.ts';

export const fileName: Rule = {
  code: 'file-name',
  summary: 'A file is named after its domain, in lower case and punycode, and ends in `.yml`.',
  *find({ loaded }) {
    for (const { file, role } of loaded) {
      if (role === 'other') continue;
      const proper = properName(file.name);
      if (proper === file.name) continue;
      const fault = { code: 'file-name', severity: 'error', ...startOfFile(file.path) } as const;
      if (role === 'misnamed') {
        const message = `\`${file.name}\` is not a file that aliasops knows: only \`_shared.yml\` and \`_policy.yml\` start with an underscore.`;
        yield { ...fault, message, help: 'rename it to one of them, or delete it' };
      } else if (proper === undefined) {
        const message = `This file is named \`${file.name}\`, but the part before \`.yml\` is not a domain.`;
        yield { ...fault, message, help: 'name it after its domain, as in `example.com.yml`' };
      } else {
        const message = `This file is named \`${file.name}\`, but must be named \`${proper}\`.`;
        yield { ...fault, message, help: `rename it to \`${proper}\`` };
      }
    }
  },
};
