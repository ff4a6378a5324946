import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Checked, SourceFile } from '../../../schema/src/check.ts';
import { type Directory, mailboxDomains } from '../../../schema/src/directory/resolve.ts';
import { splitAddress } from '../../../schema/src/text/address.ts';
import { hasErrors } from '../../../schema/src/text/diagnostic.ts';
import { isPublicProvider } from '../../../schema/src/text/providers.ts';
import type { Review } from '../guard/reason.ts';
import type { Plan } from '../plan/plan.ts';
import { annotations, checkMarkdown, checkText } from '../render/checkReport.ts';
import { logText } from '../render/escape.ts';
import { keysIn, namesOf, withBackticks } from '../render/fileNames.ts';
import { planJson } from '../render/planJson.ts';
import { planMarkdown } from '../render/planMarkdown.ts';
import { planText } from '../render/planText.ts';
import { asIs, createRedact, type Redact, redactJson } from '../render/redact.ts';
import type { Runner } from './runner.ts';

/** Whether this run makes private addresses unreadable. */
export function redacts({ inputs, context }: Pick<Runner, 'inputs' | 'context'>): boolean {
  return inputs.redact === 'on' || (inputs.redact === 'auto' && context.isPublic);
}

/**
 * The base decides whose addresses stay readable: those at its domains. Those at a domain that only the others have do
 * where nobody of the base has a mailbox there, nor the public: making a domain a managed one uncovers nobody. Without
 * a base all are hidden. Names that the directories or the files define stay readable.
 */
export function redactFor(
  runner: Pick<Runner, 'inputs' | 'context'>,
  base: Directory | undefined,
  ...others: readonly Directory[]
): Redact {
  return redactFiles(runner, [], base, ...others);
}

/** The same for texts that quote files, and so may show the names that these define in spite of mistakes. */
export function redactFiles(
  runner: Pick<Runner, 'inputs' | 'context'>,
  files: readonly SourceFile[],
  base: Directory | undefined,
  ...others: readonly Directory[]
): Redact {
  if (!redacts(runner)) return asIs;
  const all = base === undefined ? others : [base, ...others];
  const privateDomains = new Set(all.flatMap((one) => [...mailboxDomains(one)]));
  const taken = base === undefined ? undefined : mailboxDomains(base);
  const managed = new Set(base?.domains);
  for (const domain of others.flatMap(({ domains }) => [...domains])) {
    if (taken !== undefined && !taken.has(domain) && !isPublicProvider(domain)) managed.add(domain);
  }
  for (const domain of privateDomains) {
    if (managed.has(domain) || isPublicProvider(domain)) privateDomains.delete(domain);
  }
  return createRedact(managed, {
    names: new Set([...namesOf(all), ...keysIn(files)]),
    privateDomains,
    withBackticks: withBackticks(files),
  });
}

/** For errors, which may hold anything. */
export function redactError(runner: Pick<Runner, 'inputs' | 'context'>): Redact {
  return redacts(runner) ? createRedact(new Set()) : asIs;
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

/** The files of a pull request are somebody's proposal and decide nothing; others are where the base is taken from. */
export function baseOf({ context }: Pick<Runner, 'context'>, { directory }: Checked): Directory | undefined {
  return context.pull === undefined ? directory : undefined;
}

/**
 * Shows what `check` found: in the log, on the lines of the files, and errors in the summary. `before` is what the
 * files were, where that is known.
 */
export function showChecked(runner: Runner) {
  return async (checked: Checked, files: readonly SourceFile[], before?: Checked): Promise<void> => {
    const base = before?.directory ?? baseOf(runner, checked);
    const redact = redactFiles(runner, files, base, checked.directory);
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
