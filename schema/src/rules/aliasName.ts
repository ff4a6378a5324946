import { aliasFiles } from '../files/repository.ts';
import type { Text } from '../syntax/value.ts';
import { spanOf } from '../text/source.ts';
import type { Rule } from './rule.ts';

export const aliasName: Rule = {
  code: 'alias-name',
  summary: 'The name of an alias is a valid local part of an address, or `*`.',
  *find(repository) {
    for (const { name } of aliasFiles(repository).flatMap((file) => file.aliases)) {
      if (name.read.fault === undefined) continue;
      const help = cure(name.text);
      yield {
        code: 'alias-name',
        severity: 'error',
        message: `\`${name.text.text}\` is not a valid alias name: ${name.read.fault}.`,
        ...(help === undefined ? {} : { help }),
        ...spanOf(name.text),
      };
    }
  },
};

function cure({ text }: Text): string | undefined {
  if (text.includes('@')) return `write only the part before the @: \`${text.slice(0, text.indexOf('@'))}\``;
  if (/^\S+(?: \S+)+$/.test(text))
    return `write a dot instead of the space: \`${text.replaceAll(' ', '.').toLowerCase()}\``;
  if (/[\u00e4\u00f6\u00fc\u00df]/i.test(text.normalize('NFC'))) return `write \`${germanless(text)}\``;
  const plain = text.normalize('NFKD').replace(/[^\x20-\x7e]/g, '');
  return plain === text || plain === '' ? undefined : `write \`${plain}\``;
}

/** As German spells them in ASCII: ae, oe, ue, ss. */
function germanless(text: string): string {
  const letters: Readonly<Record<string, string>> = { ä: 'ae', ö: 'oe', ü: 'ue', ß: 'ss' };
  return text
    .normalize('NFC')
    .toLowerCase()
    .replace(/[äöüß]/g, (letter) => letters[letter] ?? '');
}
