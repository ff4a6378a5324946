import type { Moment } from '../../../schema/src/directory/resolve.ts';
import type { Policy } from '../../../schema/src/files/policy.ts';
import type { Gate } from '../../../schema/src/records/gate.ts';
import type { Plan } from '../plan/plan.ts';

/** Why a plan may be a mistake. Its code is also the name of its override. */
export const codes = [
  'domain-removed',
  'mass-removal',
  'mass-redirect',
  'edited-outside',
  'rollback',
] as const;
export type Code = (typeof codes)[number];

export interface Reason {
  readonly code: Code;
  /** What the plan would do, with its numbers or its names. */
  readonly message: string;
}

/** How the commit of the files relates to the one that was synced last. */
export interface History {
  /** Undefined where no sync has ever written the tables. */
  readonly gate: Gate | undefined;
  /** Undefined where nobody said which commit the files are of. */
  readonly commit: string | undefined;
  /** Whether `commit` comes after the commit of the gate. */
  readonly descends: boolean;
}

/** What a judge looks at. */
export interface Context {
  readonly plan: Plan;
  readonly policy: Policy;
  /** Today, or a later day on which an alias that the plan writes expires: each is judged. */
  readonly moment: Moment;
  /** Undefined where a plan is only shown. */
  readonly history: History | undefined;
}

/** Gives the reasons, of one code, that speak against a plan on a day; none when it is safe. */
export type Judge = (context: Context) => Reason[];

export function isCode(text: string): text is Code {
  return codes.some((code) => code === text);
}
