import { account } from './checks/account.ts';
import { build } from './checks/build.ts';
import { dns } from './checks/dns.ts';
import { feedback } from './checks/feedback.ts';
import { followers } from './checks/followers.ts';
import { gate } from './checks/gate.ts';
import { grants } from './checks/grants.ts';
import { identity } from './checks/identity.ts';
import { queue } from './checks/queue.ts';
import { rules } from './checks/rules.ts';
import { tables } from './checks/tables.ts';
import type { Facts } from './facts.ts';
import type { Check, Finding } from './finding.ts';

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

/** Everything that the reference's "prepare your account" asks for, one finding each, good or bad. */
export function diagnose(facts: Facts): Finding[] {
  return checks.flatMap((check) => check(facts));
}

/** One line a finding, and its fix under it. */
export function renderFindings(findings: readonly Finding[]): string {
  const marks = { ok: 'ok     ', warning: 'warning', error: 'ERROR  ' } as const;
  const lines = findings.map(
    ({ level, subject, message, check, fix }) =>
      `${marks[level]}  ${subject}: ${message} [${check}]\n${fix === undefined ? '' : `         -> ${fix}\n`}`,
  );
  const count = (level: Finding['level']) => findings.filter((found) => found.level === level).length;
  return `${lines.join('')}${count('error')} errors, ${count('warning')} warnings, ${count('ok')} fine\n`;
}

export function losesMail(findings: readonly Finding[]): boolean {
  return findings.some(({ level }) => level === 'error');
}
