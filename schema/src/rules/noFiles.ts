import { say } from '../messages/message.ts';
import { startOfFile } from '../text/source.ts';
import type { Rule } from './rule.ts';

export const noFiles: Rule = {
  code: 'no-files',
  summary: 'The folder contains at least one domain file.',
  *find({ loaded, options }) {
    if (loaded.some(({ role }) => role === 'domain')) return;
    yield {
      code: 'no-files',
      severity: 'error',
      message: say('`{folder}` contains no domain file.', { folder: options.folder }),
      help: say('check the path of the folder, or add a file such as `example.com.yml`'),
      ...startOfFile(options.folder),
    };
  },
};
