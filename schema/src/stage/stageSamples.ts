import { say } from '../messages/message.ts';
import { parse } from '../syntax/parse.ts';
import type { Table, Text, Value } from '../syntax/value.ts';
import { domainPart } from '../text/address.ts';
import type { Finding } from '../text/diagnostic.ts';
import { sample, sampleDomain, sampleMailbox } from '../text/sample.ts';
import type { SourceText } from '../text/source.ts';
import { placeholderOwners } from './codeOwners.ts';

/** What the settings of a stage still have from the template. What is no settings has nothing: `readStage` tells why. */
export function stageSamples(source: SourceText): Finding[] {
  const { value } = parse(source);
  const textsAt = (name: string) => textsIn(valueAt(value, name));
  return [
    ...['bounceSender', 'alarmAddress']
      .flatMap(textsAt)
      .flatMap((text) => sampleMailbox(text, domainOf(text), say('write an address of yours'))),
    ...textsAt('recipients').flatMap((text) =>
      sampleDomain(text, domainOf(text), say('write a domain of yours, or delete it')),
    ),
    ...repositorySamples(valueAt(value, 'github')),
  ];
}

/** What the file of code owners still has from the template. */
export function ownerSamples(source: SourceText): Finding[] {
  return placeholderOwners(source).map((place) =>
    sample(
      place,
      say(
        '`{owner}` is a sample of the template: GitHub knows no such owner, and takes the line for one without an owner.',
        { owner: place.owner },
      ),
      say('write a person or a team of yours who may write to the repository'),
    ),
  );
}

function repositorySamples(github: Value | undefined): Finding[] {
  const [owner] = textsIn(valueAt(github, 'owner'));
  const [repository] = textsIn(valueAt(github, 'repository'));
  const found = numbers.flatMap(([field, asked]) =>
    textsIn(valueAt(github, field))
      .filter(({ text }) => text === '1')
      .map((place) =>
        sample(
          place,
          say('`{field}` is `1`, a sample of the template: that is the number of somebody else.', { field }),
          say('write what `{command}` prints', {
            command: `gh api repos/OWNER/REPOSITORY --jq ${asked}`,
          }),
        ),
      ),
  );
  if (owner === undefined || !/^example$/i.test(owner.text)) return found;
  const message = say(
    '`{repository}` is a sample of the template: the roles in AWS would trust a repository that is not yours.',
    { repository: `${owner.text}/${repository?.text ?? ''}` },
  );
  return [sample(owner, message, say('write the owner and the name of your repository')), ...found];
}

/** The fields that are numbers of GitHub, and where its API has them. */
const numbers = [
  ['ownerId', '.owner.id'],
  ['repositoryId', '.id'],
] as const;

function domainOf({ text }: Text): string {
  return domainPart(text).toLowerCase();
}

function valueAt(value: Value | undefined, name: string): Value | undefined {
  const entries: Table['entries'] = value?.kind === 'table' ? value.entries : [];
  return entries.find(({ key }) => key.text === name)?.value;
}

function textsIn(value: Value | undefined): Text[] {
  if (value?.kind === 'list') return value.items.filter((item) => item.kind === 'text');
  return value?.kind === 'text' ? [value] : [];
}
