import type { Moment } from '../../../schema/src/directory/resolve.ts';
import type { Policy } from '../../../schema/src/files/policy.ts';
import type { Records } from '../../../schema/src/records/records.ts';
import type { Rows } from '../plan/change.ts';
import { type Held, hold } from '../plan/hold.ts';
import { type Effect, mayExpire, type Plan, plan, recipientsOf } from '../plan/plan.ts';
import { domainAdded, domainRemoved, mailboxDomain } from './domains.ts';
import { type Limits, limitsOf } from './limits.ts';
import { massRedirect, massRemoval, newReader } from './massChange.ts';
import { policyLoosened, strictest } from './policyChange.ts';
import { protectedReaders } from './protectedReaders.ts';
import { type History, type Judge, type Reason, type Subject, subjectKey } from './reason.ts';
import { editedOutside, rollback } from './undoing.ts';

/** What the tables should hold, and by what it is judged. */
export interface Proposal {
  readonly desired: Records;
  /** Domains whose files have errors, and what to say of each: they keep what the tables have. */
  readonly mistaken?: Held;
  readonly policy: Policy;
  /** What `_policy.yml` said before the change; undefined where nobody knows. */
  readonly basePolicy?: Policy | undefined;
  readonly moment: Moment;
  /** Whether rows of managed domains that others wrote are deleted. */
  readonly pruneForeign: boolean;
  /** Instead of those of the policies. */
  readonly limits?: Limits;
}

/** A proposal against what is there: what would be written, what is left out, and what speaks against it. */
export interface Assessed {
  readonly plan: Plan;
  /** Domains that keep what the tables have, since their files have errors or depend on such files; and why. */
  readonly held: Held;
  readonly reasons: readonly Reason[];
}

/** Plans a proposal and judges the plan. This is the only way to a plan that may be written. */
export function assessProposal(rows: Rows, proposal: Proposal, history?: History): Assessed {
  const { mistaken = new Map(), policy, basePolicy, moment, pruneForeign, limits } = proposal;
  const { desired, held } = hold(rows, proposal.desired, mistaken, { pruneForeign });
  const made = plan(rows, desired, moment, { pruneForeign, held });
  return {
    plan: made,
    held,
    reasons: assess(made, { head: policy, base: basePolicy, limits }, moment, history),
  };
}

/** Every reason that there is, in the order in which they are shown. */
const judges: readonly Judge[] = [
  policyLoosened,
  domainAdded,
  mailboxDomain,
  domainRemoved,
  protectedReaders,
  massRemoval,
  massRedirect,
  newReader,
  editedOutside,
  rollback,
];

/** What `_policy.yml` says, and what it said before the change; undefined where nobody knows. */
export interface Policies {
  readonly head: Policy;
  readonly base: Policy | undefined;
  /** Instead of what the stricter of the two says. */
  readonly limits?: Limits | undefined;
}

/**
 * The reasons for which a person should say yes before the plan is written; none when it is safe. A change takes
 * effect today or on a date on which an alias expires, so each of these days is judged. A reason is told as of the first
 * day that has it, and names what it is about on any of them.
 */
export function assess(plan: Plan, policies: Policies, moment: Moment, history?: History): Reason[] {
  const dates = datesOf(plan, moment.today);
  const addressesOn = recipientsByDay(plan, moment, dates.length > 0);
  const days = [moment.today, ...dates].map((today) => ({ ...moment, today }));
  const found = new Map<Judge, Reason[]>();
  const policy = strictest(policies.base, policies.head);
  const limits = policies.limits ?? limitsOf(policy);
  for (const day of days) {
    const context = {
      plan,
      policy,
      limits,
      basePolicy: policies.base,
      headPolicy: policies.head,
      addresses: addressesOn(day),
      moment: day,
      history,
    };
    for (const judge of judges) found.set(judge, [...(found.get(judge) ?? []), ...judge(context)]);
  }
  return judges.flatMap((judge) => {
    const [first, ...later] = found.get(judge) ?? [];
    if (first === undefined) return [];
    return [{ ...first, about: eachOnce([first, ...later].flatMap(({ about }) => about)) }];
  });
}

/** The recipients of each defined address on a day: only those that may expire are asked again on later days. */
function recipientsByDay(
  { before, after }: Plan,
  moment: Moment,
  hasDates: boolean,
): (day: Moment) => readonly Effect[] {
  const now = recipientsOf(before, after, moment);
  if (!hasDates) return () => now;
  const { true: changing = [], false: lasting = [] } = Object.groupBy(now, ({ address }) =>
    mayExpire(before, address, moment) || mayExpire(after, address, moment) ? 'true' : 'false',
  );
  const names = changing.map(({ address }) => address);
  return (day) =>
    day.today === moment.today ? now : [...lasting, ...recipientsOf(before, after, day, names)];
}

function eachOnce(subjects: readonly Subject[]): Subject[] {
  return [...new Map(subjects.map((subject) => [subjectKey(subject), subject])).values()];
}

/**
 * The days after today on which an alias expires, in order. It need not be one that the plan writes: others may come to
 * rely on it.
 */
function datesOf({ before, after }: Plan, today: string): string[] {
  const dates = new Set<string>();
  for (const { definitions } of [before, after]) {
    for (const { expires } of [...definitions.values()].flatMap((aliases) => [...aliases.values()])) {
      if (expires !== undefined && expires > today) dates.add(expires);
    }
  }
  return [...dates].sort();
}
