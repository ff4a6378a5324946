import type { AliasEntry } from '../files/model.ts';
import { aliasFiles } from '../files/repository.ts';
import { say } from '../messages/message.ts';
import { spanOf } from '../text/source.ts';
import type { Rule } from './rule.ts';

export const duplicateAlias: Rule = {
  code: 'duplicate-alias',
  summary: 'An alias is defined once in a file, whatever its case.',
  *find(repository) {
    for (const { aliases } of aliasFiles(repository)) {
      const firsts = new Map<string, AliasEntry>();
      for (const entry of aliases) {
        const { text, read } = entry.name;
        if (read.value === undefined) continue;
        const first = firsts.get(read.value);
        if (first === undefined) {
          firsts.set(read.value, entry);
          continue;
        }
        const same = first.name.text.text === text.text;
        yield {
          code: 'duplicate-alias',
          severity: 'error',
          message: same
            ? say('The alias `{name}` is defined twice.', { name: text.text })
            : say('The alias `{name}` is the same as `{first}`: case does not matter.', {
                name: text.text,
                first: first.name.text.text,
              }),
          help: say('move all destinations to one of them and delete the other'),
          related: [{ message: say('the first is here'), ...spanOf(first.name.text) }],
          ...spanOf(text),
        };
      }
    }
  },
};
