import type { Reading } from '../files/model.ts';
import { aliasFiles } from '../files/repository.ts';
import { catchAll, type Destination, parseDestination } from '../text/address.ts';
import { spanOf } from '../text/source.ts';
import { meantList } from '../text/suggest.ts';
import type { Rule } from './rule.ts';

export const destination: Rule = {
  code: 'destination',
  summary: 'A destination is an address or the name of an alias.',
  *find(repository) {
    for (const reading of aliasFiles(repository).flatMap((file) =>
      file.aliases.flatMap((one) => one.destinations),
    )) {
      const fault = faultOf(reading);
      if (fault === undefined) continue;
      const help = cure(reading.text.text);
      yield {
        code: 'destination',
        severity: 'error',
        message: `\`${reading.text.text}\` is not a valid destination: ${fault}.`,
        ...(help === undefined ? {} : { help }),
        ...spanOf(reading.text),
      };
    }
  },
};

function faultOf({ read }: Reading<Destination>): string | undefined {
  if (read.value?.local === catchAll) {
    return 'the catch-all receives what no other alias does, and cannot itself be a destination';
  }
  return read.fault;
}

function cure(text: string): string | undefined {
  const angle = /<(?:mailto:)?([^<>\s]+@[^<>\s]+)>/.exec(text);
  if (angle?.[1] !== undefined) return `write only the address: \`${angle[1]}\``;
  if (/^mailto:/i.test(text)) return `write only the address: \`${text.slice('mailto:'.length)}\``;
  // Joining what is on both sides of a space could make a stranger's address.
  const parts = meantList(text) ?? [];
  if (parts.length > 1) return `put a comma between them: \`${parts.join(', ')}\``;
  if (/[,;]/.test(text)) return 'make each address its own entry, as in `[a@example.com, b@example.com]`';
  if (parts[0] !== undefined && parts[0] !== text) return `write \`${parts[0]}\``;
  const spelt = text.replace(/\s*[([{]at[)\]}]\s*/i, '@');
  if (spelt !== text) return `write \`${spelt}\``;
  if (text.endsWith('.')) return `write \`${text.replace(/\.+$/, '')}\``;
  const plain = text.normalize('NFKC').replace(/[\s\p{Cf}]/gu, '');
  if (plain !== text && plain !== '' && parseDestination(plain).value !== undefined)
    return `write \`${plain}\``;
  return 'an address consists of unaccented letters, digits, dots and one @; check it against where you got it';
}
