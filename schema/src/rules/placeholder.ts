import type { Reading } from '../files/model.ts';
import { aliasFiles, type Repository } from '../files/repository.ts';
import { type Message, say } from '../messages/message.ts';
import type { Finding } from '../text/diagnostic.ts';
import { isExampleDomain } from '../text/exampleDomain.ts';
import { sampleDomain, sampleMailbox } from '../text/sample.ts';
import type { Rule } from './rule.ts';

/**
 * The template's samples work as they are, for everybody who tries them. Beside a domain of somebody's own they are left
 * over: a shared alias of theirs would get a real domain's mail.
 */
export const placeholder: Rule = {
  code: 'placeholder',
  summary: 'Nothing of the samples of the template is left beside domains of your own.',
  *find(repository) {
    const { fileOf, options, domainFiles } = repository;
    const isOwn = [...fileOf.keys()].some((domain) => !isExampleDomain(domain));
    if (!isOwn && options.isLive !== true) return;
    for (const { domain, aliasDomains } of domainFiles) {
      yield* domainsIn([domain], say('write a domain of yours, or delete the file'));
      yield* domainsIn(aliasDomains, deleteIt);
    }
    yield* destinationsIn(repository);
    yield* policyIn(repository);
  },
};

const deleteIt = say('write a domain of yours, or delete it');

function* domainsIn(readings: readonly Reading[], help: Message): Generator<Finding> {
  for (const { text, read } of readings) {
    if (read.value !== undefined) yield* sampleDomain(text, read.value, help);
  }
}

/** A file that is a sample as a whole is told by its domain. */
function* destinationsIn(repository: Repository): Generator<Finding> {
  const samples = new Set(
    repository.domainFiles
      .filter(({ domain }) => isExampleDomain(domain.read.value ?? ''))
      .map(({ source }) => source),
  );
  for (const { source, aliases } of aliasFiles(repository)) {
    if (samples.has(source)) continue;
    for (const { text, read } of aliases.flatMap(({ destinations }) => destinations)) {
      if (read.value?.kind !== 'address') continue;
      yield* sampleMailbox(
        text,
        read.value.domain,
        say('write the address of somebody of yours, or delete it'),
      );
    }
  }
}

function* policyIn({ policyFile }: Repository): Generator<Finding> {
  if (policyFile === undefined) return;
  yield* domainsIn([...policyFile.domains, ...policyFile.allowedDomains], deleteIt);
  for (const { name, protection } of policyFile.protections) {
    if (protection?.domain !== undefined) yield* sampleDomain(name.text, protection.domain, deleteIt);
  }
}
