import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readStage } from './readStage.ts';

const folder = join(import.meta.dirname, '../../../forwarder/stages');
const stages = readdirSync(folder).filter((name) => name.endsWith('.yml'));

const right = `region: eu-west-1
senderLocalPart: forwarder-daemon
bounceSender: mailer-daemon@example.com
alarmAddress: maintainers@example.org
recipients: [example.com]
tlsPolicy: Optional
configurationSet: forwards
limits:
  bounces: 0
  softBounces: 3
  bounceRate: 0.05
logRetentionDays: 90
names:
  definitions: forward-definitions
  bucket: forward-mail
  ruleSet: forward
github:
  owner: example
  repository: mail
  ownerId: 1
  repositoryId: 2
`;

const faultsOf = (text: string) => readStage(text, 'stage.yml').faults ?? [];

describe('the settings of a stage', () => {
  it.each(stages)('takes %s', (name) => {
    expect(faultsOf(readFileSync(join(folder, name), 'utf8'))).toEqual([]);
  });

  it('reads what is set', () => {
    expect(readStage(right, 'stage.yml').settings).toMatchObject({
      recipients: ['example.com'],
      limits: { bounceRate: 0.05 },
      names: { ruleSet: 'forward' },
    });
  });

  it('finds everything that is wrong at once, each in its place', () => {
    const wrong = right
      .replace('region: eu-west-1', 'region: Ireland')
      .replace('tlsPolicy: Optional', 'tlsPolicy: Always')
      .replace('bounceRate: 0.05', 'bounceRate: 5')
      .replace('logRetentionDays: 90', 'logRetentionDays: for ever')
      .replace('alarmAddress: maintainers@example.org\n', '')
      .replace('ownerId: 1', 'ownerId: one')
      .replace('  owner: example', '  owner: example\n  branch: main');
    expect(faultsOf(wrong)).toMatchInlineSnapshot(`
      [
        "stage.yml:1:1: error: This file has no \`alarmAddress\`. [missing-key]
        1 | region: Ireland
          | ^
        help: add a line, such as \`alarmAddress: maintainers@example.org\`",
        "stage.yml:1:9: error: \`region\` must look like \`eu-west-1\`, not \`Ireland\`. [wrong-value]
        1 | region: Ireland
          |         ^^^^^^^",
        "stage.yml:5:12: error: \`tlsPolicy\` must be \`Optional\` or \`Require\`, not \`Always\`. [wrong-value]
        5 | tlsPolicy: Always
          |            ^^^^^^",
        "stage.yml:10:15: error: \`bounceRate\` must be at most 1, not \`5\`. [wrong-value]
        10 |   bounceRate: 5
           |               ^",
        "stage.yml:11:19: error: \`logRetentionDays\` must be \`1\`, \`3\`, \`5\`, \`7\`, \`14\`, \`30\`, \`60\`, \`90\`, \`120\`, \`150\`, \`180\`, \`365\`, \`400\`, \`545\`, \`731\`, \`1096\`, \`1827\`, \`2192\`, \`2557\`, \`2922\`, \`3288\` or \`3653\`, not \`for ever\`. [wrong-value]
        11 | logRetentionDays: for ever
           |                   ^^^^^^^^",
        "stage.yml:20:12: error: \`ownerId\` must be a whole number, not \`one\`. [wrong-type]
        20 |   ownerId: one
           |            ^^^
        help: for example: \`1\`",
      ]
    `);
  });

  it('says where a file is not YAML', () => {
    expect(faultsOf('region: [eu-west-1\n')).toMatchInlineSnapshot(`
      [
        "stage.yml:1:9: error: This list starts with \`[\`, but is never closed with \`]\`. [yaml-bracket]
        1 | region: [eu-west-1
          |         ^
        help: put \`]\` at the end of the list",
      ]
    `);
  });

  it.each([
    ['region: eu-west-1', 'region: 5', '`region` must be text, not `5`.'],
    ['softBounces: 3', 'softBounces: 0', '`softBounces` must be at least 1, not `0`.'],
    ['bounceRate: 0.05', 'bounceRate: 0', '`bounceRate` must be more than 0, not `0`.'],
    ['[example.com]', '[example.com, example.com]', '`recipients` must not have an entry twice'],
    ['[example.com]', '[Example]', 'An entry of `recipients` must look like `example.com`, not `Example`.'],
    ['forwarder-daemon', 'x'.repeat(65), '`senderLocalPart` must have at most 64 characters'],
    ['tlsPolicy: Optional', 'tlsPolicy: optional', 'must be `Optional` or `Require`, not `optional`.'],
    ['ownerId: 1', 'ownerId: 1\n  ownerId: 2', '`ownerId` is defined twice.'],
  ])('refuses %s become %s', (before, after, message) => {
    expect(faultsOf(right.replace(before, after)).join('\n')).toMatch(message);
  });

  it('refuses an empty file', () => {
    expect(faultsOf('')).toMatchInlineSnapshot(`
      [
        "stage.yml:1:1: error: This file must consist of settings, each a name, a colon and a value. [no-map]
        help: start it with a line such as \`region: eu-west-1\`",
      ]
    `);
  });
});
