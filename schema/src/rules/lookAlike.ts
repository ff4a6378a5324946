import { aliasFiles } from '../files/repository.ts';
import type { Text } from '../syntax/value.ts';
import { characterName, domainPart } from '../text/address.ts';
import type { Diagnostic } from '../text/diagnostic.ts';
import { spanOf } from '../text/source.ts';
import type { Rule } from './rule.ts';

export const lookAlike: Rule = {
  code: 'look-alike',
  summary: 'No domain imitates another with letters of another script.',
  *find(repository) {
    const domains = repository.domainFiles.flatMap((file) => [file.domain, ...file.aliasDomains]);
    for (const { text, read } of domains) yield* judge(text, read.value);
    for (const { aliases } of aliasFiles(repository)) {
      for (const { text, read } of aliases.flatMap(({ destinations }) => destinations)) {
        yield* judge(text, read.value?.text);
      }
    }
  },
};

/** A domain in its punycode form hides nothing, so it is always accepted: that is how to write one that is intended. */
function* judge(text: Text, meaning: string | undefined): Generator<Diagnostic> {
  if (meaning === undefined || /^[\x20-\x7e]*$/.test(text.text)) return;
  const labels = domainPart(text.text).normalize('NFC').split('.');
  const odd = labels.map(oddLetter).find((letter) => letter !== undefined);
  if (odd === undefined) return;
  yield {
    code: 'look-alike',
    severity: 'error',
    message: `\`${text.text}\` contains ${characterName(odd)}, so it is not the domain that it looks like.`,
    help: `retype it on your own keyboard; if it is intended, write \`${meaning}\``,
    ...spanOf(text),
  };
}

/** Small letters of other scripts that look like a Latin one (from Unicode's confusables). */
const twins = /^[аеорсухіјѕһԁԛԝӏьүґοαυνικρε0-9-]+$/u;

/** A letter that makes a label look like what it is not: it stands among Latin ones, or all have Latin twins. */
function oddLetter(label: string): string | undefined {
  const foreign = /[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}]/u.exec(label)?.[0];
  if (foreign === undefined) return undefined;
  return /\p{Script=Latin}/u.test(label) || twins.test(label.toLowerCase()) ? foreign : undefined;
}
