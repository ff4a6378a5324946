import { type Finding, finding, unseen } from './findings.ts';
import type { Part } from './part.ts';
import type { WorkflowFacts } from './repository.ts';

/** Seconds. It runs every day; after this long without a run, two are missing. */
const longestWithoutRun = 50 * 3_600;

/** Differences between the files and the tables come to light. */
export function driftFinding({ found, fault }: Part<WorkflowFacts>): Finding {
  if (fault !== undefined) {
    return unseen(check, subject, fault, 'use a token that may read the actions of the repository');
  }
  const { state, lastRun } = found;
  if (state !== 'active') {
    return warning(
      `GitHub does not start it (${state}): nobody is told when the tables differ from the files`,
      'Actions > drift > Enable workflow',
    );
  }
  if (lastRun === undefined) {
    return warning('it has not run yet, or each run was skipped for want of AWS_READ_ROLE', run);
  }
  const when = `it last ran ${since(lastRun.age)} ago`;
  if (lastRun.conclusion !== 'success') {
    return warning(
      `${when}, and ended with \`${lastRun.conclusion}\``,
      `the log of that run says why; then ${run}`,
    );
  }
  return lastRun.age > longestWithoutRun ? warning(when, run) : finding(check, subject, when);
}

const check = 'drift';
const subject = 'workflow drift';
const run = 'Actions > drift > Run workflow';

function warning(message: string, fix: string): Finding {
  return finding(check, subject, '', { level: 'warning', message, fix });
}

function since(seconds: number): string {
  const hours = Math.floor(seconds / 3_600);
  if (hours < 1) return 'less than an hour';
  if (hours === 1) return 'an hour';
  return hours < 48 ? `${hours} hours` : `${Math.floor(hours / 24)} days`;
}
