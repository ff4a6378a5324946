import { aliasFiles } from '../files/repository.ts';
import { say } from '../messages/message.ts';
import { replaced } from '../text/correction.ts';
import { quote } from '../text/quote.ts';
import { spanOf } from '../text/source.ts';
import type { Rule } from './rule.ts';

export const owner: Rule = {
  code: 'owner',
  summary: 'An owner is a GitHub login, or `team:` followed by the name of a team.',
  *find(repository) {
    for (const { texts } of aliasFiles(repository).flatMap((file) => file.aliases)) {
      const written = texts.get('owner');
      if (written === undefined || isOwner(written.text)) continue;
      const bare = written.text.replace(/^(?:https:\/\/github\.com\/|@)/, '');
      yield {
        code: 'owner',
        severity: 'error',
        message: say('`{text}` is neither a GitHub login nor `team:` followed by the name of a team.', {
          text: written.text,
        }),
        ...(bare !== written.text && isOwner(bare)
          ? { help: say('write `{text}`', { text: bare }), ...replaced(written, quote(bare)) }
          : { help: say('write an owner such as `johndoe` or `team:board`') }),
        ...spanOf(written),
      };
    }
  },
};

/** A login has up to 39 letters, digits and single hyphens; one of an enterprise ends with `_` and its short name. */
export function isOwner(text: string): boolean {
  if (text.startsWith('team:')) return /^team:[a-z0-9](?:[a-z0-9_-]{0,98}[a-z0-9])?$/i.test(text);
  return text.length <= 39 && /^[a-z0-9]+(?:-[a-z0-9]+)*(?:_[a-z0-9]+)?$/i.test(text);
}
