import type { Directory } from '../../../schema/src/directory/resolve.ts';
import { parseAddress, splitAddress } from '../../../schema/src/text/address.ts';
import type { Plan } from '../plan/plan.ts';
import { asIs, createRedact, type Redact } from '../render/redact.ts';
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
      const { value } = parseAddress(mailbox);
      if (value === undefined) continue;
      const { domain } = splitAddress(value);
      if (!before.domains.has(domain) && !after.domains.has(domain)) secrets.add(mailbox);
      if (secrets.size === secretLimit) return [...secrets];
    }
  }
  return [...secrets];
}
