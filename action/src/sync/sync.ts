import type { Policy } from '../../../schema/src/policy.ts';
import type { Records } from '../../../schema/src/records.ts';
import type { Moment } from '../../../schema/src/resolve.ts';
import { apply, type ChangeWriter, type Stop } from '../apply/apply.ts';
import { type LiveRows, type WaitClock, waitUntilLive } from '../apply/live.ts';
import { order, type Phase } from '../apply/order.ts';
import type { Change, Rows } from '../plan/change.ts';
import { outcomeOf } from '../plan/outcome.ts';
import { plan } from '../plan/plan.ts';
import { assess } from '../safety/assess.ts';
import type { Code } from '../safety/reason.ts';
import { type Review, review } from '../safety/review.ts';
import { rollback } from '../safety/rollback.ts';
import { faultOf, isUnreachable } from '../tables/passing.ts';
import type { MarkWriter, SyncMark } from './syncMark.ts';

export interface Snapshot {
  readonly rows: Rows;
  readonly mark: SyncMark | undefined;
}

export interface SyncPorts {
  /** What the tables hold, read consistently. */
  read(): Promise<Snapshot>;
  readonly changes: ChangeWriter;
  readonly mark: MarkWriter;
  readonly live: LiveRows;
  /** Whether a commit comes after another in the history of the files. */
  isDescendant(commit: string, ancestor: string): Promise<boolean>;
  newToken(): string;
  readonly clock: WaitClock;
}

export interface SyncRequest {
  readonly desired: Records;
  readonly policy: Policy;
  readonly moment: Moment;
  readonly allow: ReadonlySet<Code>;
  readonly pruneForeign: boolean;
  /** 0 does not wait. */
  readonly waitSeconds: number;
  /** The plan that was reviewed; another one is not written. */
  readonly expectFingerprint?: string;
  /** Where the files come from: without it no mark is set, and no rollback noticed. */
  readonly source?: { readonly commit: string; readonly run: string };
  /** Epoch seconds. */
  readonly at: number;
}

export type SyncStop =
  | Stop
  | { readonly reason: 'not-live'; readonly before: Phase['name'] | 'end' }
  | { readonly reason: 'other-run' };

export type Refusal = 'unsafe' | 'fingerprint';

export interface SyncResult {
  readonly review: Review;
  /** Why nothing was written. */
  readonly refused?: Refusal;
  readonly written: readonly Change[];
  /** Why not everything was written, or is not live. */
  readonly stop?: SyncStop;
  /** From the first write until mail goes by it, in milliseconds; null when that was not waited for. */
  readonly liveAfterMs: number | null;
}

/** How often tables that were busy for longer than DynamoDB remembers a write are read and planned for again. */
const attempts = 3;

/**
 * Brings the tables to what the files say, whatever they hold: reads, plans, and writes unless a reason stands
 * against it. A refused plan writes nothing; a run that stops half-way has written nothing wrong.
 */
export async function sync(request: SyncRequest, ports: SyncPorts): Promise<SyncResult> {
  const first = await attempt(request, ports);
  const written = [...first.written];
  let last = first;
  for (let again = 1; again < attempts && wasBusy(last); again += 1) {
    const { expectFingerprint: _, ...rest } = request;
    last = await attempt(rest, ports);
    for (const change of last.written) written.push(change);
  }
  return { ...last, review: first.review, written };
}

function wasBusy({ stop }: SyncResult): boolean {
  return stop?.reason === 'fault' && faultOf(stop.error) === 'passing' && !isUnreachable(stop.error);
}

async function attempt(request: SyncRequest, ports: SyncPorts): Promise<SyncResult> {
  const { rows, mark } = await ports.read();
  const { moment, source } = request;
  const made = plan(rows, request.desired, moment, request);
  const reasons = [
    ...assess(made, request.policy, moment),
    ...rollback(mark, source?.commit, await descends(source?.commit, mark, ports)),
  ];
  const reviewed = review(made, reasons, request.allow);
  const nothing = { review: reviewed, written: [], liveAfterMs: null };
  if (reviewed.unsafe.length > 0) return { ...nothing, refused: 'unsafe' };
  if (request.expectFingerprint !== undefined && request.expectFingerprint !== made.fingerprint) {
    return { ...nothing, refused: 'fingerprint' };
  }

  const isUnfinished = mark?.state === 'started' && mark.commit === source?.commit;
  const marks = source !== undefined && (made.changes.length > 0 || isUnfinished);
  const started: SyncMark | undefined = marks
    ? { commit: source.commit, state: 'started', run: source.run, at: request.at }
    : undefined;
  if (started !== undefined && !(await ports.mark.set(started, mark))) {
    return { ...nothing, stop: { reason: 'other-run' } };
  }
  const begun = ports.clock.now();
  const { written, stop } = await applyPhases(order(made, moment), rows, request, ports);
  if (stop !== undefined) return { ...nothing, written, stop };
  if (started !== undefined && !(await ports.mark.set({ ...started, state: 'done' }, started))) {
    return { ...nothing, written, stop: { reason: 'other-run' } };
  }
  if (request.waitSeconds === 0) return { ...nothing, written };
  const isLive = await barrier(rows, written, request, ports);
  return isLive
    ? { ...nothing, written, liveAfterMs: ports.clock.now() - begun }
    : { ...nothing, written, stop: { reason: 'not-live', before: 'end' } };
}

async function descends(
  commit: string | undefined,
  mark: SyncMark | undefined,
  ports: SyncPorts,
): Promise<boolean> {
  if (commit === undefined || mark === undefined || commit === mark.commit) return true;
  return ports.isDescendant(commit, mark.commit);
}

interface Progress {
  readonly written: readonly Change[];
  readonly stop?: SyncStop;
}

/** Writes the phases in order. Mail goes by what the ones before have written when the next one begins. */
async function applyPhases(
  phases: readonly Phase[],
  rows: Rows,
  request: SyncRequest,
  ports: SyncPorts,
): Promise<Progress> {
  const written: Change[] = [];
  for (const phase of phases) {
    const waits = request.waitSeconds > 0 && phase.name !== 'definitions';
    if (waits && !(await barrier(rows, written, request, ports))) {
      return { written, stop: { reason: 'not-live', before: phase.name } };
    }
    const outcome = await apply(phase, ports.changes, ports.newToken);
    for (const change of outcome.written) written.push(change);
    if (outcome.stop !== undefined) return { written, stop: outcome.stop };
  }
  return { written };
}

function barrier(
  rows: Rows,
  written: readonly Change[],
  { moment, waitSeconds }: SyncRequest,
  { live, clock }: SyncPorts,
): Promise<boolean> {
  const wait = {
    records: outcomeOf(rows, written),
    today: moment.today,
    atMost: waitSeconds * 1000,
    exactly: written.length > 0,
  };
  return waitUntilLive(wait, live, clock);
}
