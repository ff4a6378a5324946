import { parseArgs } from 'node:util';
import { openAccount } from './account.ts';
import { confirm } from './confirm.ts';
import { perform } from './perform.ts';
import type { Shell } from './shell.ts';
import { describeStep, type Step, stepsFor } from './steps.ts';

/**
 * `setup [--stage S] [--dir DIR] [--dry-run] [--yes] [--dns-server ADDRESS:PORT]`: does what the API can, and nothing
 * that is right already. Before it displaces an active rule set it asks; without an answer it exits with 1.
 */
export async function setup(argv: readonly string[], shell: Shell, ask = confirm): Promise<number> {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      stage: { type: 'string', default: shell.environment.STAGE || 'production' },
      dir: { type: 'string', default: 'aliases' },
      'dry-run': { type: 'boolean', default: false },
      yes: { type: 'boolean', default: false },
      'dns-server': { type: 'string' },
    },
  });
  const account = await openAccount({
    stage: values.stage,
    dir: values.dir,
    dnsServer: values['dns-server'] ?? shell.environment.DNS_SERVER,
    environment: shell.environment,
  });
  const facts = await account.observe();
  const steps = stepsFor(facts);
  if (!facts.hasRuleSet) {
    shell.note(`The rule set ${account.names.ruleSet} is missing: npm run deploy makes it.\n`);
  }
  if (steps.length === 0) shell.note('There is nothing to do.\n');
  for (const step of steps) {
    shell.out(`${describeStep(step)}\n`);
    if (values['dry-run']) continue;
    if (!values.yes && !(await mayDo(step, ask))) {
      shell.note('Stopped: the rule set that was active stays so.\n');
      return 1;
    }
    await perform(account.places, step);
  }
  return facts.hasRuleSet ? 0 : 1;
}

async function mayDo(step: Step, ask: typeof confirm): Promise<boolean> {
  if (step.kind !== 'activate-rules' || step.displaces === undefined) return true;
  return ask(
    `The rule set ${step.displaces} is active: what it does will stop at once. Activate ${step.ruleSet} instead?`,
  );
}
