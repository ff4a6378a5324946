import { randomUUID } from 'node:crypto';
import type { Lambda } from './lambda/lambda.ts';
import { nameInArn } from './template/resourceNames.ts';
import type { Stack } from './template/stack.ts';

export interface Schedules {
  /** Runs what is scheduled for a function now, with an event that says it is `time`. Resolves when it has run. */
  fire(functionName: string, time: Date): Promise<void>;
  stop(): void;
}

interface RuleProperties {
  readonly ScheduleExpression?: string;
  readonly State?: string;
  readonly Targets?: readonly { readonly Arn: string; readonly Input?: string }[];
}

interface Schedule {
  readonly rule: string;
  readonly functionArn: string;
  readonly everyMs: number;
  /** The event as JSON, where the rule has one of its own. */
  readonly input?: string;
}

const unitMs: Readonly<Record<string, number>> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

/** Runs the stack's scheduled rules. `rate()` alone is known: another expression throws. */
export function startSchedules(stack: Stack, lambda: Lambda): Schedules {
  const schedules = schedulesOf(stack);
  const run = (schedule: Schedule, time: Date) =>
    lambda.invoke(schedule.functionArn, eventOf(schedule, time, stack));
  const timers = schedules.map((schedule) =>
    setInterval(() => void run(schedule, new Date()), schedule.everyMs),
  );
  return {
    fire: async (functionName, time) => {
      const found = schedules.filter((schedule) => nameInArn(schedule.functionArn) === functionName);
      if (found.length === 0) throw new Error(`nothing is scheduled for ${functionName}`);
      for (const schedule of found) await run(schedule, time);
    },
    stop: () => {
      for (const timer of timers) clearInterval(timer);
    },
  };
}

function schedulesOf(stack: Stack): readonly Schedule[] {
  return stack
    .ofType<RuleProperties>('AWS::Events::Rule')
    .filter(({ properties }) => properties.ScheduleExpression && properties.State !== 'DISABLED')
    .flatMap(({ name, properties }) =>
      (properties.Targets ?? []).map(({ Arn, Input }) => ({
        rule: name,
        functionArn: Arn,
        everyMs: interval(properties.ScheduleExpression ?? ''),
        ...(Input === undefined ? {} : { input: Input }),
      })),
    );
}

function interval(expression: string): number {
  const [, count, unit = ''] = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(expression) ?? [];
  const length = unitMs[unit];
  if (length === undefined) throw new Error(`the local system does not know the schedule ${expression}`);
  return Number(count) * length;
}

function eventOf(schedule: Schedule, time: Date, stack: Stack): unknown {
  if (schedule.input !== undefined) return JSON.parse(schedule.input);
  const { region, account } = stack.place;
  return {
    version: '0',
    id: randomUUID(),
    'detail-type': 'Scheduled Event',
    source: 'aws.events',
    account,
    time: time.toISOString().replace(/\.\d+Z$/, 'Z'),
    region,
    resources: [`arn:aws:events:${region}:${account}:rule/${schedule.rule}`],
    detail: {},
  };
}
