import { expect, it } from 'vitest';
import { codeframe } from '../text/codeFrame.ts';
import { createSourceText } from '../text/source.ts';
import { told } from '../text/told.ts';
import { ownerSamples, stageSamples } from './stageSamples.ts';

const own = `bounceSender: mailer-daemon@group.internal
alarmAddress: jane@mailbox.internal
recipients: [group.internal]
limits: { bounces: 1 }
github:
  owner: group
  repository: mail
  ownerId: 11
  repositoryId: 111
`;

const shown = (find: typeof stageSamples, path: string, text: string) => {
  const source = createSourceText(path, text);
  return told(find(source), 'en').map((one) => codeframe(one, new Map([[path, source]]), false));
};

it('finds nothing where all is somebody’s own', () => {
  expect(stageSamples(createSourceText('stage.yml', own))).toEqual([]);
});

it.each([
  ['mailer-daemon@group.internal', 'mailer-daemon@Example.com', 'nobody has a mailbox at example.com'],
  ['jane@mailbox.internal', 'maintainers@example.org', 'nobody has a mailbox at example.org'],
  ['[group.internal]', '[group.internal, example.net]', '`example.net` is a sample'],
  ['owner: group', 'owner: Example', '`Example/mail` is a sample'],
  ['ownerId: 11', 'ownerId: 1', '`ownerId` is `1`'],
  ['repositoryId: 111', 'repositoryId: 1', '`repositoryId` is `1`'],
])('finds %s become %s', (before, after, message) => {
  const found = told(stageSamples(createSourceText('stage.yml', own.replace(before, after))), 'en');
  expect(found).toMatchObject([{ code: 'placeholder', message: expect.stringContaining(message) }]);
});

it('finds nothing in what is no settings', () => {
  expect(stageSamples(createSourceText('stage.yml', 'region: ['))).toEqual([]);
  expect(stageSamples(createSourceText('stage.yml', 'example'))).toEqual([]);
});

it('shows each on its line, with its cure', () => {
  expect([
    ...shown(stageSamples, 'stage.yml', own.replace('owner: group', 'owner: example').replace('11\n', '1\n')),
    ...shown(ownerSamples, 'CODEOWNERS', '*  @example/maintainers\n'),
  ]).toMatchInlineSnapshot(`
    [
      "stage.yml:6:10: error: \`example/mail\` is a sample of the template: the roles in AWS would trust a repository that is not yours. [placeholder]
      6 |   owner: example
        |          ^^^^^^^
      help: write the owner and the name of your repository",
      "stage.yml:8:12: error: \`ownerId\` is \`1\`, a sample of the template: that is the number of somebody else. [placeholder]
      8 |   ownerId: 1
        |            ^
      help: write what \`gh api repos/OWNER/REPOSITORY --jq .owner.id\` prints",
      "CODEOWNERS:1:4: error: \`@example/maintainers\` is a sample of the template: GitHub knows no such owner, and takes the line for one without an owner. [placeholder]
      1 | *  @example/maintainers
        |    ^^^^^^^^^^^^^^^^^^^^
      help: write a person or a team of yours who may write to the repository",
    ]
  `);
});
