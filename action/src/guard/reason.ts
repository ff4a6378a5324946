import type { Moment } from '../../../schema/src/directory/resolve.ts';
import type { Policy } from '../../../schema/src/files/policy.ts';
import { type Message, type Part, say, wordsOf } from '../../../schema/src/messages/message.ts';
import { type Gate, isStale, lastOverrides, type Override } from '../../../schema/src/records/gate.ts';
import { reasonCodes } from '../../../schema/src/records/reasonCodes.ts';
import type { Effect, Plan } from '../plan/plan.ts';
import type { Limits } from './limits.ts';

/** Why a plan may be a mistake. Its code is also the name of its override. */
export type Code = (typeof reasonCodes)[number];

export interface Reason {
  readonly code: Code;
  /** What the plan would do, with its numbers or its names. */
  readonly message: Message;
  /** A sentence for maintainers alone, such as the commits that it is about. */
  readonly detail?: string;
  /** Each thing that the reason is about, so that somebody can allow these and no others. */
  readonly about: readonly Subject[];
  /** The numbers of the pull requests that bring it, whose labels can allow it; absent where none is known to. */
  readonly broughtBy?: readonly number[];
}

export interface Subject {
  /** As people call it: an address, a domain, a setting. */
  readonly name: string;
  /** What would become of it: to allow one outcome does not allow another. */
  readonly outcome: string;
}

/** How the commit of the files relates to the one that was synced last. */
export interface History {
  /** Undefined where no sync has ever written the tables. */
  readonly gate: Gate | undefined;
  /** Undefined where nobody said which commit the files are of. */
  readonly commit: string | undefined;
  /** Whether `commit` comes after the commit of the gate. */
  readonly descends: boolean;
  /** Files whose content is in no commit, by their paths; absent where there are none. */
  readonly uncommitted?: readonly string[];
}

/** What a judge looks at. */
export interface Context {
  readonly plan: Plan;
  /** The stricter of what the base says and what the change says, in each point. */
  readonly policy: Policy;
  /** What `_policy.yml` said before; undefined where nobody knows. */
  readonly basePolicy: Policy | undefined;
  readonly headPolicy: Policy;
  readonly limits: Limits;
  /** Every defined address with its recipients before and after, on the day of the moment. */
  readonly addresses: readonly Effect[];
  /** Today, or a later day on which an alias that the plan writes expires: each is judged. */
  readonly moment: Moment;
  /** Undefined where a plan is only shown. */
  readonly history: History | undefined;
}

/** Gives the reasons, of one code, that speak against a plan on a day; none when it is safe. */
export type Judge = (context: Context) => Reason[];

export function isCode(text: string): text is Code {
  return reasonCodes.some((code) => code === text);
}

/** A plan and what speaks against it. */
export interface Review {
  readonly plan: Plan;
  /** The reasons that stand: the plan is not written while there is one. */
  readonly unsafe: readonly Reason[];
  /** The reasons that somebody has allowed. */
  readonly allowed: readonly Reason[];
  /** What a person should know about what is allowed and what is not. */
  readonly notes: readonly Message[];
  /** Since when, in epoch seconds, the gate is open that a run left so; absent where it is not, or nobody looked. */
  readonly staleSince?: number;
  /** What the sync that wrote last was allowed; absent where that was nothing, or nobody looked. */
  readonly lastOverrides?: readonly Override[];
}

/** What may be done although a reason stands against it: all that has a code, or what is listed by `subjectKey`. */
export type Allowance = ReadonlyMap<Code, 'all' | ReadonlySet<string>>;

/** What somebody has allowed, and what is known about it. */
export interface Permission {
  readonly allowance: Allowance;
  /** The pull requests that bring something, by `originKey`. */
  readonly origins?: ReadonlyMap<string, readonly number[]>;
  /** Who set the label that allows something, by `grantKey`; absent from it is what the start of the run allowed. */
  readonly grants?: ReadonlyMap<string, string>;
  /** What a person should know: why a label does not count. */
  readonly notes?: readonly Message[];
}

/** For a plan against which nothing stands. */
export const nothingAllowed: Permission = { allowance: new Map() };

export function allowAll(allowed: Iterable<Code>): Allowance {
  return new Map([...allowed].map((code) => [code, 'all']));
}

/** What one of the two allows, or the other. */
export function either(one: Allowance, other: Allowance): Allowance {
  const sum = new Map<Code, 'all' | ReadonlySet<string>>(one);
  for (const [code, more] of other) {
    const known = sum.get(code);
    sum.set(code, known === 'all' || more === 'all' ? 'all' : new Set([...(known ?? []), ...more]));
  }
  return sum;
}

export function subjectKey({ name, outcome }: Subject): string {
  return `${name}\n${outcome}`;
}

export function grantKey(code: Code, subject: Subject): string {
  return `${code}\n${subjectKey(subject)}`;
}

export function originKey(code: Code, { name }: Subject): string {
  return `${code}\n${name}`;
}

export function review(plan: Plan, reasons: readonly Reason[], permission: Permission): Review {
  const unsafe: Reason[] = [];
  const allowed: Reason[] = [];
  for (const reason of reasons) {
    const rest = restOf(reason, permission.allowance.get(reason.code));
    if (rest === undefined) allowed.push(reason);
    else unsafe.push(withOrigins(rest, permission.origins ?? new Map()));
  }
  return { plan, unsafe, allowed, notes: permission.notes ?? [] };
}

/** Adds which pull requests bring what stands. */
function withOrigins(reason: Reason, origins: ReadonlyMap<string, readonly number[]>): Reason {
  const from = reason.about.flatMap((subject) => origins.get(originKey(reason.code, subject)) ?? []);
  const broughtBy = [...new Set(from)].sort((a, b) => a - b);
  if (broughtBy.length === 0) return reason;
  return { ...reason, broughtBy };
}

/** What a reason says, and which pull requests bring it: for whoever may be reading elsewhere than on that one. */
export function withPulls({ message, broughtBy = [] }: Reason): Message {
  if (broughtBy.length === 0) return message;
  const pulls = { and: broughtBy.map((number) => say('#{number}', { number })) };
  return say('{reason} It comes with {pulls}.', { reason: message, pulls });
}

/** The same for maintainers, with what means nothing to members. */
export function forMaintainers(reason: Reason): string {
  const words = wordsOf(withPulls(reason), 'en');
  return reason.detail === undefined ? words : `${words} ${reason.detail}`;
}

/** Names that a message lists. */
const namesShown = 20;

/** What stands of a reason; undefined where all that it is about is allowed. */
function restOf(reason: Reason, allowed: 'all' | ReadonlySet<string> | undefined): Reason | undefined {
  if (allowed === undefined) return reason;
  if (allowed === 'all') return undefined;
  const about = reason.about.filter((subject) => !allowed.has(subjectKey(subject)));
  if (about.length === reason.about.length) return reason;
  if (about.length === 0) return undefined;
  const message = say('{reason} Not allowed so far: {names}.', {
    reason: reason.message,
    names: listed(about),
  });
  return { ...reason, about, message };
}

/** The names of what a reason is about, as many as can be read. */
export function listed(about: readonly Pick<Subject, 'name'>[]): Part {
  const names = [...new Set(about.map(({ name }) => name))];
  const more = names.length - namesShown;
  return { and: [...names.slice(0, namesShown), ...(more > 0 ? [say('{more} more', { more })] : [])] };
}

/** Adds what the gate of the tables says, as of now in epoch seconds. */
export function withGate(review: Review, gate: Gate | undefined, now: number): Review {
  const since = staleSince(gate, now);
  const overrides = lastOverrides(gate);
  return {
    ...review,
    ...(since === undefined ? {} : { staleSince: since }),
    ...(overrides.length === 0 ? {} : { lastOverrides: overrides }),
  };
}

/** Since when the gate is open that a run left so; undefined where no sync was cut short. All in epoch seconds. */
export function staleSince(gate: Gate | undefined, now: number): number | undefined {
  return isStale(gate, now) ? gate?.at : undefined;
}
