import { dns, feedback, identity } from './domainChecks.ts';
import type { Facts } from './facts.ts';
import type { Check, Finding } from './finding.ts';
import { account, grants, rules } from './receivingChecks.ts';
import { build, followers, gate, queue, tables } from './tableChecks.ts';

const checks: readonly Check[] = [
  account,
  rules,
  grants,
  tables,
  followers,
  build,
  gate,
  queue,
  identity,
  dns,
  feedback,
];

/** Everything that the reference's "prepare your account" asks for, one finding each, right or wrong. */
export function diagnose(facts: Facts): Finding[] {
  return checks.flatMap((check) => check(facts));
}
