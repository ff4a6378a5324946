import { stringify } from 'yaml';
import { parse } from '../../../schema/src/syntax/parse.ts';
import type { Text, Value } from '../../../schema/src/syntax/value.ts';
import { createSourceText } from '../../../schema/src/text/source.ts';
import type { GroupAnswers } from './answers.ts';

/**
 * The settings of a group's stage: the template's, with all that they say about themselves, and the group's values where
 * the template has samples. Without the template's, what has no default.
 */
export function stageText(answers: GroupAnswers, sample = bareStage): string {
  const { value } = parse(createSourceText('', sample));
  const [owner = '', repository = ''] = answers.repository.split('/');
  const wanted: readonly (readonly [path: readonly string[], to: string | number])[] = [
    [['region'], answers.region],
    [['bounceSender'], `mailer-daemon@${answers.domain}`],
    [['alarmAddress'], answers.alarm],
    [['github', 'owner'], owner],
    [['github', 'repository'], repository],
    [['github', 'ownerId'], answers['owner-id']],
    [['github', 'repositoryId'], answers['repository-id']],
  ];
  const places = wanted.flatMap(([path, to]) => {
    const place = textAt(value, path);
    return place === undefined ? [] : [{ place, to: stringify(to).trimEnd() }];
  });
  // From the end, so that the places before stay right.
  return places
    .toSorted((a, b) => b.place.start - a.place.start)
    .reduce((text, { place, to }) => text.slice(0, place.start) + to + text.slice(place.end), sample);
}

function textAt(value: Value | undefined, path: readonly string[]): Text | undefined {
  const [name, ...rest] = path;
  if (name === undefined) return value?.kind === 'text' ? value : undefined;
  if (value?.kind !== 'table') return undefined;
  return textAt(value.entries.find(({ key }) => key.text === name)?.value, rest);
}

const bareStage = `# yaml-language-server: $schema=../../schema/stage.schema.json
#
# The settings of the stage \`production\`. Each is explained in schema/stage.schema.json, which an editor shows beside it.
region: eu-west-1
senderLocalPart: forwarder-daemon
bounceSender: mailer-daemon@example.com
alarmAddress: maintainers@example.org
recipients: []
tlsPolicy: Optional
limits:
  bounces: 0
  softBounces: 3
  bounceRate: 0.05
logRetentionDays: 90
github:
  owner: example
  repository: mail
  ownerId: 1
  repositoryId: 1
`;
