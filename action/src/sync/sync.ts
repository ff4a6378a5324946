import type { Policy } from '../../../schema/src/files/policy.ts';
import { type FreshOverride, type Gate, keptOverrides } from '../../../schema/src/records/gate.ts';
import { type RollChange, rollChanges } from '../../../schema/src/records/roll.ts';
import { assessProposal, type Proposal } from '../guard/assess.ts';
import { grantKey, nothingAllowed, type Permission, type Review, review } from '../guard/reason.ts';
import { type Change, nameOf, type Rows } from '../plan/change.ts';
import type { Held } from '../plan/hold.ts';
import { apply, type ChangeWriter, type Stop } from './apply.ts';
import { faultOf, isUnreachable } from './fault.ts';

export interface Snapshot {
  readonly rows: Rows;
  /** Undefined where no sync has ever written the tables. */
  readonly gate: Gate | undefined;
  /** The number of the gate that the last finished build saw and published. */
  readonly published: number;
}

export interface SyncPorts {
  /** What the tables hold, read consistently. */
  read(): Promise<Snapshot>;
  readonly changes: ChangeWriter;
  readonly build: {
    /** The number of the gate that the last finished build saw and published, by now. */
    published(): Promise<number>;
  };
  /** Whether a commit comes after another in the history of the files. */
  isDescendant(commit: string, ancestor: string): Promise<boolean>;
  /** What `_policy.yml` said at a commit; undefined where that cannot be known. */
  policyAt(commit: string): Promise<Policy | undefined>;
  /** What somebody has allowed: asked only where a reason stands. `since` is the commit that was synced last. */
  allowed(since: string | undefined): Promise<Permission>;
  /** Whether what stands in the review may be written; asked before the first write. Absent where nobody is asked. */
  readonly agreed?: (review: Review) => Promise<boolean>;
  /** Told again and again while a sync waits for its change to be live, in milliseconds since it began to. */
  readonly waiting?: (milliseconds: number) => void;
  newToken(): string;
  readonly clock: {
    /** Milliseconds that only ever grow. */
    now(): number;
    sleep(milliseconds: number): Promise<void>;
  };
}

export interface SyncRequest extends Proposal {
  /** How long to wait until the change is live; 0 does not wait. */
  readonly waitSeconds: number;
  /** The plan that was reviewed; another one is not written. */
  readonly expectFingerprint?: string;
  /** Where the files come from: without it no rollback is noticed. */
  readonly source?: { readonly commit: string; readonly run: string };
  /** Files whose content is in no commit, by their paths; absent where there are none. */
  readonly uncommitted?: readonly string[];
  /** Who started the run, and so allowed what it was started with. */
  readonly startedBy: string;
  /** Epoch seconds. */
  readonly at: number;
}

export type SyncStop = Stop | { readonly reason: 'not-live' };

/** `declined`: whoever was asked said no. */
type Refusal = 'unsafe' | 'fingerprint' | 'declined';

interface Ran {
  readonly review: Review;
  /** Domains that keep what the tables have, since their files have errors or depend on such files; and why. */
  readonly held: Held;
  readonly written: readonly Change[];
}

/** Something stands against the plan. What is written then was so by an earlier attempt of the same run. */
export interface Refused extends Ran {
  readonly refused: Refusal;
  readonly stop?: never;
  readonly liveAfterMs?: never;
}

/** Not everything is written, or not live. */
export interface Stopped extends Ran {
  readonly refused?: never;
  readonly stop: SyncStop;
  readonly liveAfterMs?: never;
}

export interface Written extends Ran {
  readonly refused?: never;
  readonly stop?: never;
  /** From the first write until the change was live, in milliseconds; null when nobody waited for it. */
  readonly liveAfterMs: number | null;
}

export type SyncResult = Refused | Stopped | Written;

/** How often tables that were busy for longer than DynamoDB remembers a write are read and planned for again. */
const attempts = 3;
/** Milliseconds between two looks at whether it is live. */
const pause = 500;

/**
 * Brings the tables to what the files say, whatever they hold: reads, plans, and writes unless a reason stands
 * against it. A refused plan writes nothing. Mail goes on as before until all is written and a build has seen it.
 */
export async function sync(request: SyncRequest, ports: SyncPorts): Promise<SyncResult> {
  const begun = ports.clock.now();
  const now = (): number => request.at + Math.floor((ports.clock.now() - begun) / 1000);
  const first = await attempt(request, ports, now);
  const written = [...first.written];
  let last = first;
  for (let again = 1; again < attempts && wasBusy(last); again += 1) {
    const { expectFingerprint: _, ...rest } = request;
    const { agreed: __, ...others } = ports;
    last = await attempt(rest, others, now);
    for (const change of last.written) written.push(change);
  }
  return { ...last, review: first.review, written };
}

function wasBusy({ stop }: SyncResult): boolean {
  return stop?.reason === 'fault' && faultOf(stop.error) === 'transient' && !isUnreachable(stop.error);
}

async function attempt(request: SyncRequest, ports: SyncPorts, now: () => number): Promise<SyncResult> {
  const { rows, gate, published } = await ports.read();
  const { source, uncommitted = [] } = request;
  const commit = source?.commit;
  const history = { gate, commit, descends: await descends(commit, gate, ports), uncommitted };
  const basePolicy = gate?.commit === undefined ? undefined : await ports.policyAt(gate.commit);
  const { plan, held, reasons } = assessProposal(rows, { ...request, basePolicy }, history);
  const permission = reasons.length === 0 ? nothingAllowed : await ports.allowed(gate?.commit);
  const ran = { review: review(plan, reasons, permission), held, written: [] };
  if (ran.review.unsafe.length > 0) return { ...ran, refused: 'unsafe' };
  if (request.expectFingerprint !== undefined && request.expectFingerprint !== plan.fingerprint) {
    return { ...ran, refused: 'fingerprint' };
  }

  const rolls = rollsAfter(rows, request, held);
  const isSaid = gate === undefined || (gate.language ?? 'en') === request.policy.language;
  const isDue = plan.changes.length > 0 || gate?.state === 'open';
  if (!isDue && isSaid && rolls.length === 0) {
    if (gate === undefined || gate.number <= published) {
      return { ...ran, liveAfterMs: request.waitSeconds === 0 ? null : 0 };
    }
    return { ...ran, ...(await untilLive(gate.number, ports.clock.now(), request, ports)) };
  }
  if (isDue && ports.agreed !== undefined && !(await ports.agreed(ran.review))) {
    return { ...ran, refused: 'declined' };
  }
  const when = { sync: (gate?.number ?? 0) + 1, at: now() };
  const firstWrite = ports.clock.now();
  const opened = openedGate(request, gate, when, overridesOf(ran.review, permission, request, when));
  const { written, stop } = await apply({ changes: plan.changes, rolls }, opened, gate, {
    ...ports,
    now,
  });
  if (stop !== undefined) return { ...ran, written, stop };
  return { ...ran, written, ...(await untilLive(opened.number, firstWrite, request, ports)) };
}

/** What changes about the rolls although no row may change: an alias that others deleted has left the files too. */
function rollsAfter({ rolls }: Rows, { desired }: SyncRequest, held: Held): RollChange[] {
  return rolls === undefined ? [] : rollChanges(rolls, desired, held);
}

function openedGate(
  { source, policy: { language } }: SyncRequest,
  gate: Gate | undefined,
  { sync: number, at }: Pick<FreshOverride, 'sync' | 'at'>,
  overrides: readonly FreshOverride[],
): Gate {
  const commit = source?.commit ?? gate?.commit;
  return {
    state: 'open',
    number,
    ...(commit === undefined ? {} : { commit }),
    run: source?.run ?? 'command line',
    at,
    ...(language === 'en' ? {} : { language }),
    ...keptOverrides(gate, overrides, number),
  };
}

/** What this sync does although something stands against it, one for each who allowed it. */
function overridesOf(
  { plan, allowed }: Review,
  { grants = new Map() }: Permission,
  { startedBy }: SyncRequest,
  when: Pick<FreshOverride, 'sync' | 'at'>,
): FreshOverride[] {
  const override = (code: string, by: string, names: readonly string[]): FreshOverride => {
    return { ...when, code, about: [...new Set(names)], by };
  };
  const overrides = allowed.flatMap(({ code, about }) => {
    const namesOf = new Map<string, string[]>();
    for (const subject of about) {
      const by = grants.get(grantKey(code, subject)) ?? startedBy;
      namesOf.set(by, [...(namesOf.get(by) ?? []), subject.name]);
    }
    return [...namesOf].map(([by, names]) => override(code, by, names));
  });
  const pruned = plan.changes.filter(
    (change) => change.kind === 'delete' && change.before.provenance === 'foreign',
  );
  if (pruned.length === 0) return overrides;
  return [...overrides, override('prune-foreign', startedBy, pruned.map(nameOf))];
}

async function descends(
  commit: string | undefined,
  gate: Gate | undefined,
  ports: SyncPorts,
): Promise<boolean> {
  if (commit === undefined || gate?.commit === undefined || commit === gate.commit) return true;
  return ports.isDescendant(commit, gate.commit);
}

/** Waits until a build that saw the gate of this number has published; one look is always taken. */
async function untilLive(
  number: number,
  since: number,
  { waitSeconds }: SyncRequest,
  { build, clock, waiting }: SyncPorts,
): Promise<Pick<Stopped, 'stop'> | Pick<Written, 'liveAfterMs'>> {
  if (waitSeconds === 0) return { liveAfterMs: null };
  const begun = clock.now();
  const deadline = begun + waitSeconds * 1000;
  try {
    while ((await build.published()) < number) {
      if (clock.now() + pause > deadline) return { stop: { reason: 'not-live' } };
      waiting?.(clock.now() - begun);
      await clock.sleep(pause);
    }
    return { liveAfterMs: clock.now() - since };
  } catch (error) {
    return { stop: { reason: 'fault', error } };
  }
}
