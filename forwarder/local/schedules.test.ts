import { expect, it } from 'vitest';
import type { Lambda } from './lambda/lambda.ts';
import { startSchedules } from './schedules.ts';
import { readStack } from './template/stack.ts';

const place = { region: 'eu-west-1', account: '123456789012', stackName: 'stack' };

function start(ScheduleExpression: string) {
  const events: unknown[] = [];
  const lambda = {
    invoke: (_: string, event: unknown) => {
      events.push(event);
      return Promise.resolve({ answer: 'null' });
    },
  } as unknown as Lambda;
  const stack = readStack(
    {
      Resources: {
        Rule: {
          Type: 'AWS::Events::Rule',
          Properties: {
            ScheduleExpression,
            Targets: [{ Arn: 'arn:aws:lambda:r:1:function:one', Id: 'one' }],
          },
        },
      },
    },
    place,
  );
  return { schedules: startSchedules(stack, lambda), events };
}

it('sends the time that it is told', async () => {
  const { schedules, events } = start('rate(5 minutes)');
  await schedules.fire('one', new Date('2031-01-02T03:04:05.678Z'));
  schedules.stop();
  expect(events).toMatchObject([{ source: 'aws.events', time: '2031-01-02T03:04:05Z' }]);
});

it('says that nothing is scheduled for a function', async () => {
  const { schedules } = start('rate(1 hour)');
  await expect(schedules.fire('two', new Date())).rejects.toThrow('nothing is scheduled for two');
  schedules.stop();
});

it('refuses an expression that it does not know', () => {
  expect(() => start('cron(0 12 * * ? *)')).toThrow('cron');
});
