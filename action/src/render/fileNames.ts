import type { SourceFile } from '../../../schema/src/check.ts';
import type { Directory } from '../../../schema/src/directory/resolve.ts';
import { aliasTypes, fieldNames } from '../../../schema/src/records/aliasFields.ts';
import { foldName, parseDomain } from '../../../schema/src/text/address.ts';

/** Words that files may hold and messages quote, and that are nobody's address. */
export const languageWords: ReadonlySet<string> = new Set([
  ...fieldNames,
  ...aliasTypes,
  ...['domain', 'aliases', 'aliasDomains', 'protected', 'allowedDomains', 'domains', 'guard'],
  ...['removals', 'redirects', 'atLeast', 'share', 'address', 'threshold', 'language', 'en', 'fr'],
  ...['filter', 'default', 'strict', 'spf', 'dkim', 'dmarc-reject', 'ignore', 'drop', 'bounce'],
  ...[
    'true',
    'false',
    'yes',
    'no',
    'on',
    'off',
    'none',
    'null',
    'postmaster',
    'abuse',
    'johndoe',
    'team',
    'team:board',
  ],
]);

/** The names that directories define: of their aliases, of their domains. Folded. */
export function namesOf(directories: readonly Directory[]): Set<string> {
  const names = new Set<string>();
  for (const { definitions, domains } of directories) {
    for (const domain of domains) names.add(domain);
    for (const aliases of definitions.values()) for (const alias of aliases.keys()) names.add(alias);
  }
  return names;
}

/** In a file, aliases are on the second level and their fields on the third; what is deeper is a destination. */
const namedLevels = 3;

/**
 * What stands before a colon at the beginning of a line, where an alias or a field has its name, and the domains that
 * files are named after: read from the text, so that it is known of a file with mistakes as well. Folded.
 */
export function keysIn(files: readonly SourceFile[]): Set<string> {
  const decoder = new TextDecoder();
  const keys = new Set<string>();
  for (const { name, bytes } of files) {
    const domain = parseDomain(name.replace(/\.ya?ml$/i, '')).value;
    if (domain !== undefined) keys.add(domain);
    const indents: number[] = [];
    for (const [, space = '', key = ''] of decoder
      .decode(bytes)
      .matchAll(/^( *)([^\s:#"'[\]{},@-][^\s:#"'[\]{},@]*):(?=\s|$)/gm)) {
      while ((indents.at(-1) ?? -1) >= space.length) indents.pop();
      indents.push(space.length);
      if (indents.length > namedLevels) continue;
      keys.add(foldName(key));
      // What a name with accents should be is told as well.
      keys.add(foldName(key.normalize('NFD').replace(/\p{M}/gu, '')));
    }
  }
  return keys;
}

/** The paths of the files that have backticks in them. */
export function withBackticks(files: readonly SourceFile[]): Set<string> {
  return new Set(files.filter(({ bytes }) => bytes.includes(0x60)).map(({ path }) => path));
}
