import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import schema from '../../stage.schema.json' with { type: 'json' };
import {
  bucketOf,
  defaults,
  functionVariables,
  isStageName,
  namesOf,
  needsAccount,
  type OtherDomains,
  regionOf,
  reservedNames,
  type StageSettings,
  senderOf,
  stageName,
} from './stage.ts';

const settings: StageSettings = {
  region: 'eu-west-1',
  senderLocalPart: 'Sender',
  bounceSender: 'bounces@example.com',
  alarmAddress: 'maintainers@example.org',
  recipients: [],
  tlsPolicy: 'Optional',
  limits: { bounces: 1, softBounces: 2, bounceRate: 0.03 },
  logRetentionDays: 90,
  github: { owner: 'example', repository: 'mail', ownerId: 1, repositoryId: 1 },
};

describe('the names of a stage', () => {
  it('begin with the stage', () => {
    const names = namesOf('test', {});
    expect(Object.values(names).every((name) => name.startsWith('aliasops-test'))).toBe(true);
    expect([needsAccount(names), bucketOf(names, '1234')]).toEqual([true, 'aliasops-test-mail-1234']);
  });

  it.each([
    ['nothing', undefined, undefined, 'aliasops-test-domains'],
    ['the file', 'ours', undefined, 'ours'],
    ['a variable', 'ours', 'theirs', 'theirs'],
    ['an empty variable', 'ours', '', 'ours'],
  ])('are told by %s', (_, domains, variable, expected) => {
    const names = namesOf(
      'test',
      { names: domains === undefined ? {} : { domains } },
      { DOMAINS_TABLE: variable },
    );
    expect(names.domains).toBe(expected);
  });

  it('need no account where the bucket is named', () => {
    const names = namesOf('test', { names: { bucket: 'mail' } });
    expect([needsAccount(names), bucketOf(names, '1234')]).toEqual([false, 'mail']);
  });
});

describe('a variable', () => {
  it('wins over the file where it is set', () => {
    expect(regionOf({ AWS_REGION: 'a', AWS_DEFAULT_REGION: 'b' }, settings)).toBe('a');
    expect(regionOf({ AWS_REGION: '', AWS_DEFAULT_REGION: 'b' }, settings)).toBe('b');
    expect(regionOf({}, settings)).toBe('eu-west-1');
    expect(regionOf({})).toBeUndefined();
    expect(senderOf({ SENDER_LOCAL_PART: 'other' }, settings)).toBe('other');
    expect(senderOf({ SENDER_LOCAL_PART: '' }, settings)).toBe('Sender');
    expect(senderOf({})).toBe('forwarder-daemon');
    expect(stageName('asked', { STAGE: 'told' })).toBe('asked');
    expect(stageName(undefined, { STAGE: 'told' })).toBe('told');
    expect(stageName(undefined, { STAGE: '' })).toBe('production');
    const names = namesOf('test', {});
    expect(functionVariables(settings, names, { BOUNCE_LIMIT: '9', SOFT_BOUNCE_LIMIT: '' })).toMatchObject({
      BOUNCE_LIMIT: '9',
      SOFT_BOUNCE_LIMIT: '2',
    });
  });
});

it('reserves the sender, folded, and the name of answers', () => {
  expect(reservedNames('Sender')).toEqual(['sender', 'mailer-daemon']);
});

it.each([
  ['production', true],
  ['test-2', true],
  ['2', false],
  ['-a', false],
  ['Test', false],
  ['../x', false],
  ['', false],
])('judges `%s` as the name of a stage', (name, isGood) => {
  expect(isStageName(name)).toBe(isGood);
});

it('shows the defaults as the first examples', () => {
  const { senderLocalPart, limits } = schema.properties;
  expect(senderLocalPart.examples[0]).toBe(defaults.senderLocalPart);
  expect([
    limits.properties.bounces.examples[0],
    limits.properties.softBounces.examples[0],
    limits.properties.bounceRate.examples[0],
  ]).toEqual(Object.values(defaults.limits));
});

describe('serverless.yml', () => {
  const path = join(import.meta.dirname, '../../../forwarder/serverless.yml');
  const { custom, functions } = parse(readFileSync(path, 'utf8'), { logLevel: 'silent' }) as {
    readonly custom: { readonly prefix: string; readonly defaults: Readonly<Record<string, string>> };
    readonly functions: Readonly<Record<string, { readonly environment?: Readonly<Record<string, string>> }>>;
  };
  const names = namesOf('STAGE', {});
  const inStage = (text: string) =>
    text
      .replaceAll(`\${self:custom.prefix}`, custom.prefix)
      .replaceAll(`\${sls:stage}`, 'STAGE')
      .replaceAll(`\${AWS::AccountId}`, 'ACCOUNT');

  it('has the same default names', () => {
    for (const [thing, name] of Object.entries(custom.defaults)) {
      expect([thing, inStage(name)]).toEqual([thing, names[thing as keyof typeof names]]);
    }
  });

  it('sets the same variables to the same settings', () => {
    // Each setting is its own path, and so is what the functions get.
    const told = Object.entries(
      functionVariables(
        {
          ...settings,
          senderLocalPart: 'settings.senderLocalPart',
          bounceSender: 'settings.bounceSender',
          configurationSet: 'settings.configurationSet',
          otherDomains: 'settings.otherDomains' as unknown as OtherDomains,
          limits: {
            bounces: 'settings.limits.bounces',
            softBounces: 'settings.limits.softBounces',
            bounceRate: 'settings.limits.bounceRate',
          } as unknown as StageSettings['limits'],
        },
        Object.fromEntries(
          Object.keys(names).map((name) => [name, `names.${name}`]),
        ) as unknown as typeof names,
        {},
      ),
    );
    const set = new Map(
      Object.values(functions).flatMap(({ environment = {} }) => Object.entries(environment)),
    );
    for (const [variable, setting] of told) {
      expect([variable, /\$\{self:custom\.([\w.]+)/.exec(set.get(variable) ?? '')?.[1]]).toEqual([
        variable,
        setting,
      ]);
    }
  });
});
