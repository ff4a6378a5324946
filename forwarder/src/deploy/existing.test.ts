import { describe, expect, it } from 'vitest';
import { namesOf } from '../../../schema/src/stage/stage.ts';
import { type Existing, parametersFor } from './existing.ts';

const names = namesOf('production', {});
const nothing: Existing = { tables: new Map(), topics: new Map(), hasRuleSet: false };
const left: Existing = {
  tables: new Map([
    [names.definitions, { streamArn: 'arn:d' }],
    [names.deliveries, {}],
  ]),
  bucket: { name: 'mails', isOurs: true },
  topics: new Map([[names.bounceTopic, 'arn:b']]),
  hasRuleSet: true,
  oidcProvider: 'arn:o',
};

describe('the parameters of a deploy', () => {
  it('are none where there is nothing', () => {
    expect(parametersFor(nothing, new Set(), names)).toEqual({ parameters: [] });
  });

  it('reference what a removed stack left', () => {
    expect(parametersFor(left, new Set(), names).parameters).toEqual([
      'definitionsTable=existing',
      'definitionsStream=arn:d',
      'deliveriesTable=existing',
      'messageBucket=existing',
      'messageBucketRef=mails',
      'bounceTopic=existing',
      'bounceTopicArn=arn:b',
      'ruleSet=existing',
      'ruleSetRef=aliasops-production',
      'githubOidcProvider=existing',
      'githubOidcProviderArn=arn:o',
    ]);
  });

  it('leave to the stack what is its own', () => {
    const owned = new Set([
      'DefinitionsTable',
      'DeliveriesTable',
      'MessageBucket',
      'BounceTopic',
      'RuleSet',
      'GithubOidcProvider',
    ]);
    expect(parametersFor(left, owned, names)).toEqual({ parameters: [] });
  });

  it('are refused for a table whose changes nobody would hear of', () => {
    const silent = { ...nothing, tables: new Map([[names.bounces, {}]]) };
    expect(parametersFor(silent, new Set(), names).faults).toEqual([
      'The table aliasops-production-bounces has no stream: turn it on, with new and old images, and deploy again.',
    ]);
  });

  it('are refused for a bucket of another account', () => {
    const foreign = { ...nothing, bucket: { name: 'mails', isOurs: false } };
    expect(parametersFor(foreign, new Set(), names).faults).toEqual([
      'The bucket mails belongs to another account, or you may not look at it: name another as `bucket` under `names` in the settings of the stage.',
    ]);
  });
});
