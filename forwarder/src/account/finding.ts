import type { Facts } from './facts.ts';

/** `error`: mail is lost, or nothing is forwarded. `warning`: it works, and could be better. */
export type Level = 'ok' | 'warning' | 'error';

export interface Finding {
  readonly check: string;
  /** The domain, table or other thing that it is about. */
  readonly subject: string;
  readonly level: Level;
  readonly message: string;
  /** What to do about it; for all but `ok`. */
  readonly fix?: string;
}

export type Check = (facts: Facts) => Finding[];

export function finding(
  check: string,
  subject: string,
  message: string,
  fault?: { readonly level: Exclude<Level, 'ok'>; readonly message: string; readonly fix: string },
): Finding {
  return fault === undefined ? { check, subject, level: 'ok', message } : { check, subject, ...fault };
}

/** One line per finding, and its fix below it. */
export function renderFindings(findings: readonly Finding[]): string {
  const marks = { ok: 'ok     ', warning: 'warning', error: 'ERROR  ' } as const;
  const lines = findings.map(
    ({ level, subject, message, check, fix }) =>
      `${marks[level]}  ${subject}: ${message} [${check}]\n${fix === undefined ? '' : `         -> ${fix}\n`}`,
  );
  const count = (level: Finding['level']) => findings.filter((found) => found.level === level).length;
  const [errors, warnings] = [count('error'), count('warning')];
  return `${lines.join('')}${errors} ${errors === 1 ? 'error' : 'errors'}, ${warnings} ${warnings === 1 ? 'warning' : 'warnings'}, ${count('ok')} fine\n`;
}

export function losesMail(findings: readonly Finding[]): boolean {
  return findings.some(({ level }) => level === 'error');
}
