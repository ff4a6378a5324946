import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { UsageError } from '../../../schema/src/commandLine/options.ts';
import { readMoment } from './stage.ts';

const text = `region: eu-west-3
senderLocalPart: sender
bounceSender: mailer-daemon@example.com
alarmAddress: maintainers@example.org
recipients: []
tlsPolicy: Optional
limits: { bounces: 2, softBounces: 5, bounceRate: 0.05 }
logRetentionDays: 90
names: { domains: ours }
github: { owner: example, repository: mail, ownerId: 1, repositoryId: 2 }
`;

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'aliasops-stage-'));
  const folder = join(root, 'forwarder/stages');
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'right.yml'), text);
  await writeFile(join(folder, 'wrong.yml'), text.replace('softBounces: 5', 'softBounces: many'));
});
afterAll(() => rm(root, { recursive: true }));

const now = new Date('2026-11-24T23:59:00Z');
const read = (stage: string, environment: Readonly<Record<string, string>> = {}, today?: string) =>
  readMoment({ stage, root, environment, today, now });

describe('the stage of a command', () => {
  it('is as its file says', async () => {
    expect((await read('right')).stage).toMatchObject({
      tables: {
        definitions: 'aliasops-right-definitions',
        domains: 'ours',
        bounces: 'aliasops-right-bounces',
      },
      region: 'eu-west-3',
      limits: { bounces: 2, softBounces: 5 },
      reserved: ['sender', 'mailer-daemon'],
    });
  });

  it('goes by the variables before its file', async () => {
    const environment = { DOMAINS_TABLE: 'theirs', AWS_REGION: 'eu-west-2', SENDER_LOCAL_PART: 'Other' };
    expect((await read('right', environment)).stage).toMatchObject({
      tables: { domains: 'theirs' },
      region: 'eu-west-2',
      reserved: ['other', 'mailer-daemon'],
    });
  });

  it('has the defaults in a repository without the forwarder', async () => {
    const elsewhere = {
      stage: 'test',
      root: join(root, 'forwarder'),
      environment: {},
      today: undefined,
      now,
    };
    expect((await readMoment(elsewhere)).stage).toMatchObject({
      tables: { domains: 'aliasops-test-domains' },
      region: undefined,
      limits: { bounces: 0, softBounces: 3 },
      reserved: ['forwarder-daemon', 'mailer-daemon'],
    });
  });

  it.each([
    [
      'wrong',
      'forwarder/stages/wrong.yml:7:36: error: `softBounces` must be a whole number, not `many`. [wrong-type]',
    ],
    [
      'rihgt',
      'There is no stage `rihgt`: forwarder/stages/rihgt.yml is missing. Did you mean `right`? The stages are right, wrong.',
    ],
    ['../right', '`../right` cannot be the name of a stage: '],
  ])('is refused for `%s`', async (stage, message) => {
    await expect(read(stage)).rejects.toThrow(UsageError);
    await expect(read(stage)).rejects.toThrow(message);
  });
});

describe('the day of a command', () => {
  it.each([
    [undefined, '2026-11-24'],
    ['', '2026-11-24'],
    ['2027-06-30', '2027-06-30'],
  ])('reads %j as %s', async (today, expected) => {
    expect((await read('right', {}, today)).moment.today).toBe(expected);
  });

  it.each(['2026-02-30', '30.6.2027', '2027-13-01'])('refuses %s', async (today) => {
    await expect(read('right', {}, today)).rejects.toThrow(`\`${today}\` is not a date.`);
  });
});
