import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Checked, SourceFile } from '../../../schema/src/check.ts';
import type { Directory } from '../../../schema/src/directory/resolve.ts';
import { splitAddress } from '../../../schema/src/text/address.ts';
import { hasErrors } from '../../../schema/src/text/diagnostic.ts';
import type { Review } from '../guard/reason.ts';
import type { Plan } from '../plan/plan.ts';
import { annotations, checkMarkdown, checkText } from '../render/checkReport.ts';
import { logText } from '../render/escape.ts';
import { planJson } from '../render/planJson.ts';
import { planMarkdown } from '../render/planMarkdown.ts';
import { planText } from '../render/planText.ts';
import { asIs, createRedact, type Redact, redactJson } from '../render/redact.ts';
import type { Runner } from './runner.ts';

/** Whether this run makes private addresses unreadable. */
export function redacts({ inputs, context }: Pick<Runner, 'inputs' | 'context'>): boolean {
  return inputs.redact === 'on' || (inputs.redact === 'auto' && context.isPublic);
}

/** Addresses of these directories' domains stay readable. */
export function redactFor(runner: Pick<Runner, 'inputs' | 'context'>, ...of: readonly Directory[]): Redact {
  if (!redacts(runner)) return asIs;
  return createRedact(new Set(of.flatMap(({ domains }) => [...domains])));
}

/** GitHub scans each log line for each secret: more than this would slow the run down. */
const secretLimit = 100;

/** The private addresses that a plan changes, for the log's own filter: a second net under the renderers. */
export function secretsOf({ effects, before, after }: Plan): string[] {
  const secrets = new Set<string>();
  for (const effect of effects) {
    for (const mailbox of [...effect.before, ...effect.after]) {
      const { domain } = splitAddress(mailbox);
      if (!before.domains.has(domain) && !after.domains.has(domain)) secrets.add(mailbox);
      if (secrets.size === secretLimit) return [...secrets];
    }
  }
  return [...secrets];
}

const historyKeeps =
  'This repository is public, and the plan changes private addresses: its history keeps them readable for everybody.';

/** Shows what `check` found: in the log, on the lines of the files, and errors in the summary. */
export function showChecked(runner: Runner) {
  return async (checked: Checked, files: readonly SourceFile[]): Promise<void> => {
    const redact = redactFor(runner, checked.directory);
    runner.log(annotations(checked.diagnostics, redact));
    runner.log(logText(checkText(checked, files, redact, false)));
    if (hasErrors(checked.diagnostics)) await runner.summary(checkMarkdown(checked, redact));
  };
}

/** Shows a reviewed plan in the log, the summary, the outputs and as a file. */
export async function report(runner: Runner, review: Review): Promise<void> {
  const { plan, unsafe } = review;
  const redact = redactFor(runner, plan.before, plan.after);
  const secrets = secretsOf(plan);
  if (redacts(runner)) for (const secret of secrets) runner.secret(secret);
  if (runner.context.isPublic && secrets.length > 0) runner.log(`::warning::${historyKeeps}\n`);
  runner.log(logText(planText(review, redact)));
  await runner.summary(planMarkdown(review, redact));
  const file = join(runner.temporary, 'aliasops-plan.json');
  await writeFile(file, `${JSON.stringify(redactJson(planJson(review), redact), null, 2)}\n`);
  const { create, update, delete: gone } = plan.counts;
  const outputs = {
    changes: create + update + gone,
    creates: create,
    updates: update,
    deletes: gone,
    fingerprint: plan.fingerprint,
    safe: unsafe.length === 0,
    'plan-file': file,
  };
  for (const [name, value] of Object.entries(outputs)) runner.output(name, String(value));
}
