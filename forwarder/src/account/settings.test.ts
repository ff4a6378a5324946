import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readSettings } from './settings.ts';

const folder = join(import.meta.dirname, '../../stages');
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

const faultsOf = (text: string) => readSettings(text, 'stage.yml').faults ?? [];

describe('the settings of a stage', () => {
  it.each(stages)('takes %s', (name) => {
    expect(faultsOf(readFileSync(join(folder, name), 'utf8'))).toEqual([]);
  });

  it('reads what is set', () => {
    expect(readSettings(right, 'stage.yml').settings).toMatchObject({
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
        "stage.yml:1:1: the file lacks \`alarmAddress\`",
        "stage.yml:1:9: \`region\` is to look like eu-west-1, not "Ireland"",
        "stage.yml:5:12: \`tlsPolicy\` is to be one of Optional, Require, not "Always"",
        "stage.yml:10:15: \`limits.bounceRate\` must be <= 1, not 5",
        "stage.yml:11:19: \`logRetentionDays\` is to be one of 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653, not "for ever"",
        "stage.yml:18:3: \`github\` has the unknown setting \`branch\`",
        "stage.yml:20:12: \`github.ownerId\` is to be a whole number, not "one"",
      ]
    `);
  });

  it('says where a file is not YAML', () => {
    expect(faultsOf('region: [eu-west-1\n')).toMatchInlineSnapshot(`
      [
        "stage.yml:2:1: Flow sequence in block collection must be sufficiently indented and end with a ]",
      ]
    `);
  });

  it('refuses an empty file', () => {
    expect(faultsOf('')).toMatchInlineSnapshot(`
      [
        "stage.yml:1:1: the file is to be a map of settings, not null",
      ]
    `);
  });
});
