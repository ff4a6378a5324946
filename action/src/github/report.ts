import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Review } from '../guard/review.ts';
import { logText } from '../render/escape.ts';
import { planJson } from '../render/planJson.ts';
import { planMarkdown } from '../render/planMarkdown.ts';
import { planText } from '../render/planText.ts';
import { redactJson } from '../render/redact.ts';
import { redactFor, redacts, secretsOf } from './redaction.ts';
import type { Runner } from './runner.ts';

const historyKeeps =
  'This repository is public, and the plan changes private addresses: its history keeps them in clear, for everybody.';

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
