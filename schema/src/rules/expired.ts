import { load } from '../files/load.ts';
import { type AliasEntry, type AliasFile, readAliasFile } from '../files/model.ts';
import { aliasFiles, type Repository } from '../files/repository.ts';
import { say } from '../messages/message.ts';
import type { Finding } from '../text/diagnostic.ts';
import { spanOf } from '../text/source.ts';
import { isDate } from './date.ts';
import type { Rule } from './rule.ts';

export const expired: Rule = {
  code: 'expired',
  summary: 'An active alias has not expired; a change that sets a past date is an error.',
  *find(repository) {
    for (const file of aliasFiles(repository)) {
      const past = file.aliases.filter((entry) => isPast(entry, repository.options.today));
      if (past.length === 0) continue;
      const before = datesInBase(repository, file);
      for (const entry of past) yield* report(entry, before);
    }
  },
};

function isPast({ fields: { active }, texts }: AliasEntry, today: string): boolean {
  const expires = texts.get('expires');
  return active && expires !== undefined && isDate(expires.text) && expires.text <= today;
}

/** Unchanged files must never turn red by time alone, so only a date that the change brings is an error. */
function* report(
  { name, texts }: AliasEntry,
  before: ReadonlyMap<string, string> | undefined,
): Generator<Finding> {
  const expires = texts.get('expires');
  if (expires === undefined) return;
  const parts = { alias: name.text.text, date: expires.text };
  const isNew = before !== undefined && before.get(name.read.value ?? '') !== expires.text;
  yield {
    code: 'expired',
    severity: isNew ? 'error' : 'warning',
    message: isNew
      ? say('`{alias}` would expire on {date}, which is in the past, so its mail would be refused.', parts)
      : say('`{alias}` expired on {date}; its mail is refused.', parts),
    help: isNew
      ? say('write a future date, or `active: false`')
      : say('delete the alias, or write a future date if it is still needed'),
    ...spanOf(expires),
  };
}

/** The date of each alias in the file as it was before the change; undefined where that is not known. */
function datesInBase({ options }: Repository, { file }: AliasFile): Map<string, string> | undefined {
  if (options.base === undefined) return undefined;
  const old = options.base.find(({ name }) => name === file.name);
  if (old === undefined) return new Map();
  const { root, unread } = load(old);
  if (root === undefined || unread.length > 0) return undefined;
  return new Map(
    readAliasFile(old, root).aliases.map(({ name, texts }) => [
      name.read.value ?? '',
      texts.get('expires')?.text ?? '',
    ]),
  );
}
