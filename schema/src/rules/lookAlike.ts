import { domainToUnicode } from 'node:url';
import type { Reading } from '../files/model.ts';
import { aliasFiles, type Repository } from '../files/repository.ts';
import { say } from '../messages/message.ts';
import type { Text } from '../syntax/value.ts';
import { characterName, domainPart, foldName } from '../text/address.ts';
import { skeleton } from '../text/confusable.ts';
import type { Finding } from '../text/diagnostic.ts';
import { spanOf } from '../text/source.ts';
import { meantProvider, providerDomains } from '../text/suggest.ts';
import { oncePerPlace, type Rule } from './rule.ts';

export const lookAlike: Rule = {
  code: 'look-alike',
  summary: 'No domain imitates another with letters that look like its own.',
  *find(repository) {
    const { domainFiles, policyFile } = repository;
    const domains: Reading[] = domainFiles.flatMap((file) => [file.domain, ...file.aliasDomains]);
    if (policyFile !== undefined) domains.push(...policyFile.domains, ...policyFile.allowedDomains);
    for (const { text, read } of domains) yield* judgeScripts(text, read.value);
    for (const { aliases } of aliasFiles(repository)) {
      for (const { text, read } of aliases.flatMap(({ destinations }) => destinations)) {
        yield* judgeScripts(text, read.value?.text);
      }
    }
    yield* oncePerPlace(imitations(repository));
  },
};

/** A domain in its punycode form hides nothing, so it is always accepted: that is how to write one that is intended. */
function* judgeScripts(text: Text, meaning: string | undefined): Generator<Finding> {
  if (meaning === undefined || /^[\x20-\x7e]*$/.test(text.text)) return;
  const shown = text.text.normalize('NFC');
  const odd = oddLetterOf(shown);
  if (odd === undefined) return;
  const place = [...shown.slice(0, shown.indexOf(odd, shown.lastIndexOf('@') + 1))].length + 1;
  yield {
    code: 'look-alike',
    severity: 'error',
    message: say(
      'Character {place} of `{text}` is {character}, so it is not the domain that it looks like.',
      {
        place,
        text: shown,
        character: characterName(odd),
      },
    ),
    help: say('retype it on your own keyboard; if it is intended, write `{meaning}`', { meaning }),
    ...spanOf(text),
  };
}

function oddLetterOf(text: string): string | undefined {
  const labels = domainPart(text.normalize('NFC')).split('.');
  return labels.map(oddLetter).find((letter) => letter !== undefined);
}

/** Small letters of other scripts that look like a Latin one (from Unicode's confusables). */
const twins = /^[аеорсухіјѕһԁԛԝӏьүґοαυνικρε0-9-]+$/u;
/** Letters that stand beside Latin ones in no language's names (UTS 39, 5.2, "highly restrictive"). */
const besideLatin =
  /[^\P{L}\p{scx=Latin}\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Hangul}\p{scx=Bopomofo}\p{scx=Common}\p{scx=Inherited}]/u;

/** A letter that makes a label look like what it is not: it stands among Latin ones, or all have Latin twins. */
function oddLetter(label: string): string | undefined {
  if (/\p{Script=Latin}/u.test(label)) return besideLatin.exec(label)?.[0];
  const foreign = /[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}]/u.exec(label)?.[0];
  return foreign !== undefined && twins.test(label.toLowerCase()) ? foreign : undefined;
}

/** Destinations at a domain that is hard to tell from a managed one, or from that of a large mail provider. */
function* imitations({ references, directory, unread }: Repository): Generator<Finding> {
  const known = new Set([...providerDomains, ...directory.domains, ...unread.domains]);
  const originals = new Map([...known].map((domain) => [skeleton(domainToUnicode(domain)), domain]));
  const imitated = new Map<string, string | undefined>();
  for (const { destination, target } of references.edges.flat()) {
    const { text, read } = destination;
    if (target !== 'outside' || read.value?.kind !== 'address') continue;
    const { local, domain } = read.value;
    const written = domainPart(text.text);
    if (!imitated.has(written)) imitated.set(written, originals.get(skeleton(written)));
    const original = imitated.get(written);
    // A domain that is a typing error as well is told as one.
    if (original === undefined || known.has(domain) || meantProvider(domain) !== undefined) continue;
    const shown = foldName(written) === domain ? domain : `${foldName(written)} (${domain})`;
    yield {
      code: 'look-alike',
      severity: 'warning',
      message: say(
        '`{text}` is at {domain}, which looks like {original} and is another domain; its mail may go to a stranger.',
        { text: text.text, domain: shown, original },
      ),
      help: say('did you mean `{meant}`?', { meant: `${local}@${original}` }),
      ...spanOf(text),
    };
  }
}
