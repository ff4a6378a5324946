import { isReserved } from '../directory/resolve.ts';
import { aliasFiles } from '../files/repository.ts';
import { say } from '../messages/message.ts';
import { spanOf } from '../text/source.ts';
import type { Rule } from './rule.ts';

export const reservedAlias: Rule = {
  code: 'reserved-alias',
  summary: 'No alias has a name that the forwarder reserves for itself.',
  *find(repository) {
    for (const { name } of aliasFiles(repository).flatMap((file) => file.aliases)) {
      if (name.read.value === undefined || !isReserved(name.read.value, repository.options.reserved))
        continue;
      yield {
        code: 'reserved-alias',
        severity: 'error',
        message: say('`{name}` is reserved: the forwarder sends mail under this name.', {
          name: name.text.text,
        }),
        help: say('choose another name'),
        ...spanOf(name.text),
      };
    }
  },
};
