import { startOfFile } from '../text/source.ts';
import type { Rule } from './rule.ts';

export const noFiles: Rule = {
  code: 'no-files',
  summary: 'The folder holds at least one domain file.',
  *find({ loaded, options }) {
    if (loaded.some(({ role }) => role === 'domain')) return;
    yield {
      code: 'no-files',
      severity: 'error',
      message: `There is no domain file in \`${options.folder}\`; that never means that there are no aliases.`,
      help: 'check the folder, or add a file such as `example.com.yml`',
      ...startOfFile(options.folder),
    };
  },
};
