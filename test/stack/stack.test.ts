import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { forwarderFolder } from '../packaged.ts';
import { hasAttribute, shapeFaults } from './shape.ts';
import { cycle, type Resource, readTemplate, referencesOf, resourcesOf, type Template } from './template.ts';
import { templateWith } from './templateWith.ts';
import { watchedMetrics } from './watched.ts';

const template = readTemplate();
const failureQueue = { 'Fn::GetAtt': ['FailureQueue', 'Arn'] };

function actionsOf(rule: Resource): readonly object[] {
  const { Actions = [] } = (rule.Properties?.Rule ?? {}) as { readonly Actions?: readonly object[] };
  return Actions;
}

describe('the packaged template', () => {
  it('has only types, properties and values that CloudFormation knows', () => {
    expect(shapeFaults(template)).toEqual([]);
  });

  it('refers only to what is in it', () => {
    const dangling = referencesOf(template).filter(({ to }) => !Object.hasOwn(template.Resources, to));
    expect(dangling).toEqual([]);
  });

  it('asks only for attributes that the resources give', () => {
    const unknown = referencesOf(template).filter(
      ({ to, attribute }) =>
        attribute !== undefined && !hasAttribute(template.Resources[to]?.Type ?? '', attribute),
    );
    expect(unknown).toEqual([]);
  });

  it('can be made in some order', () => {
    expect(cycle(referencesOf(template))).toEqual([]);
  });

  it('names no account and no secret', () => {
    expect(JSON.stringify(template)).not.toMatch(/\b\d{12}\b|AKIA|SecureString/);
  });
});

describe('what is kept when the stack is removed', () => {
  it.each(['DefinitionsTable', 'DomainsTable', 'BouncesTable', 'DeliveriesTable'])(
    'keeps and guards %s',
    (id) => {
      const table = template.Resources[id];
      expect(table).toMatchObject({
        DeletionPolicy: 'Retain',
        UpdateReplacePolicy: 'Retain',
        Properties: {
          DeletionProtectionEnabled: true,
          PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
        },
      });
    },
  );

  it('keeps the mails and the rule set', () => {
    expect(template.Resources.MessageBucket?.DeletionPolicy).toBe('Retain');
    expect(template.Resources.RuleSet?.DeletionPolicy).toBe('Retain');
  });

  it('lets go what the next build derives again', () => {
    expect(template.Resources.AliasesTable?.DeletionPolicy).toBe('Delete');
  });
});

describe('the rules', () => {
  it('judges a mail before it is laid in the bucket', () => {
    expect(template.Resources.ProcessRule?.Properties?.After).toEqual({ Ref: 'SpamRule' });
  });

  it('scans for spam and viruses, which is off unless said', () => {
    for (const [, rule] of resourcesOf(template, 'AWS::SES::ReceiptRule')) {
      expect(rule.Properties?.Rule).toMatchObject({ ScanEnabled: true, Enabled: true });
    }
  });

  it('stops after each bounce, which alone would let the next rule run', () => {
    for (const [, rule] of resourcesOf(template, 'AWS::SES::ReceiptRule')) {
      const kinds = actionsOf(rule).map((action) => Object.keys(action).join());
      expect(kinds.slice(-2)).toEqual(['BounceAction', 'StopAction']);
    }
  });

  it('waits for the permissions that SES tries when a rule is made', () => {
    expect(template.Resources.SpamRule?.DependsOn).toEqual(['SpamPermission']);
    expect(template.Resources.ProcessRule?.DependsOn).toEqual(['ProcessPermission', 'MessageBucketPolicy']);
  });
});

describe('the functions', () => {
  it('run Node 24 on arm64, with nothing reserved', () => {
    for (const [, { Properties }] of resourcesOf(template, 'AWS::Lambda::Function')) {
      expect(Properties).toMatchObject({ Runtime: 'nodejs24.x', Architectures: ['arm64'] });
      expect(Properties).not.toHaveProperty('ReservedConcurrentExecutions');
    }
  });

  it('have a log that forgets', () => {
    const groups = resourcesOf(template, 'AWS::Logs::LogGroup');
    expect(groups).toHaveLength(resourcesOf(template, 'AWS::Lambda::Function').length);
    for (const [, { Properties }] of groups) expect(Properties?.RetentionInDays).toBeGreaterThan(0);
  });

  it('answer SES within the 30 seconds that it waits', () => {
    for (const id of ['SpamLambdaFunction', 'ProcessLambdaFunction']) {
      expect(template.Resources[id]?.Properties?.Timeout).toBeLessThanOrEqual(30);
    }
  });
});

describe('the alarms', () => {
  const all = templateWith('alarms: all', 'dashboard: false');
  const idsIn = (of: Template) => resourcesOf(of, 'AWS::CloudWatch::Alarm').map(([id]) => id);

  it('look at the ten metrics that are free, and at what may lose or delay mail', () => {
    expect(watchedMetrics(template)).toBeLessThanOrEqual(10);
    expect(idsIn(template).sort()).toEqual([
      'BuildRefusedAlarm',
      'FailureQueueAlarm',
      'FunctionErrorsAlarm',
      'GateOpenAlarm',
      'GivenUpAlarm',
      'OrphanAlarm',
      'PublishExpiredAlarm',
      'QueueAgeAlarm',
      'SendingRefusedAlarm',
    ]);
  });

  it('are all there where the stage asks for all', () => {
    const files = readdirSync(join(forwarderFolder, 'resources/alarms'));
    const lists = new Set(['all.yml', 'essential.yml', 'any-function-errors.yml']);
    expect(idsIn(all)).toHaveLength(files.filter((name) => !lists.has(name)).length);
    expect(idsIn(all)).toEqual(expect.arrayContaining(idsIn(template)));
    expect(shapeFaults(all)).toEqual([]);
  });

  it('come without a dashboard where the stage wants none', () => {
    expect(resourcesOf(template, 'AWS::CloudWatch::Dashboard')).toHaveLength(1);
    expect(resourcesOf(all, 'AWS::CloudWatch::Dashboard')).toEqual([]);
  });

  it.each(['FunctionErrorsAlarm', 'FunctionThrottlesAlarm'])('watch each function: %s', (id) => {
    const { Metrics = [] } = (all.Resources[id]?.Properties ?? {}) as { Metrics?: readonly object[] };
    const watched = JSON.stringify(Metrics);
    const names = resourcesOf(template, 'AWS::Lambda::Function').map(([, { Properties }]) =>
      String(Properties?.FunctionName),
    );
    expect(names.filter((name) => !watched.includes(`"${name}"`))).toEqual([]);
  });

  it('take silence of the queue for a fault, after three of its measurements are missing', () => {
    expect(template.Resources.QueueAgeAlarm?.Properties).toMatchObject({
      MetricName: 'queue-age',
      TreatMissingData: 'breaching',
      Period: 900,
      EvaluationPeriods: 1,
    });
    const schedules = resourcesOf(template, 'AWS::Events::Rule').map(([id, { Properties }]) => [
      id,
      Properties?.ScheduleExpression,
    ]);
    expect(Object.fromEntries(schedules)).toMatchObject({
      RetryDeliveriesEventsRuleSchedule1: 'rate(5 minutes)',
    });
  });
});

describe('the streams', () => {
  it.each(resourcesOf(template, 'AWS::Lambda::EventSourceMapping'))(
    '%s never blocks for ever, and keeps what it gives up',
    (_, { Properties }) => {
      expect(Properties).toMatchObject({
        BisectBatchOnFunctionError: true,
        FunctionResponseTypes: ['ReportBatchItemFailures'],
        StartingPosition: 'TRIM_HORIZON',
      });
      expect(Properties?.MaximumRetryAttempts).toBeGreaterThan(0);
      expect(Properties).toHaveProperty('DestinationConfig.OnFailure.Destination', failureQueue);
    },
  );
});
