import { expect, it } from 'vitest';
import { driftFinding } from './drift.ts';
import type { Part } from './part.ts';
import type { WorkflowFacts } from './repository.ts';

const hour = 3_600;
const ran = (age: number, conclusion = 'success', state = 'active'): Part<WorkflowFacts> => ({
  found: { state, lastRun: { age, conclusion } },
});

it.each<[Part<WorkflowFacts>, string]>([
  [ran(hour - 1), 'ok it last ran less than an hour ago'],
  [ran(hour), 'ok it last ran an hour ago'],
  [ran(5 * hour), 'ok it last ran 5 hours ago'],
  [ran(50 * hour), 'ok it last ran 2 days ago'],
  [ran(50 * hour + 1), 'warning it last ran 2 days ago'],
  [ran(100 * hour), 'warning it last ran 4 days ago'],
  [ran(hour, 'failure'), 'warning it last ran an hour ago, and ended with `failure`'],
  [
    ran(hour, 'success', 'disabled_inactivity'),
    'warning GitHub does not start it (disabled_inactivity): nobody is told when the tables differ from the files',
  ],
  [
    { found: { state: 'active' } },
    'warning it has not run yet, or each run was skipped for want of AWS_READ_ROLE',
  ],
  [{ fault: 'GitHub answers 403, no' }, 'warning not looked at: GitHub answers 403, no'],
])('says of %j when it last ran', (facts, said) => {
  const { level, message, fix } = driftFinding(facts);
  expect(`${level} ${message}`).toBe(said);
  expect(fix === undefined).toBe(level === 'ok');
});
