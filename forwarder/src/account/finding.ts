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
