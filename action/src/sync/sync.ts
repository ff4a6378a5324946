import type { Moment } from '../../../schema/src/directory/resolve.ts';
import type { Policy } from '../../../schema/src/files/policy.ts';
import type { Gate } from '../../../schema/src/records/gate.ts';
import type { Records } from '../../../schema/src/records/records.ts';
import { assess } from '../guard/assess.ts';
import type { Code } from '../guard/reason.ts';
import { type Review, review } from '../guard/review.ts';
import { rollback } from '../guard/rollback.ts';
import type { Change, Rows } from '../plan/change.ts';
import { type Held, hold } from '../plan/hold.ts';
import { plan } from '../plan/plan.ts';
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
  newToken(): string;
  readonly clock: {
    /** Milliseconds that only ever grow. */
    now(): number;
    sleep(milliseconds: number): Promise<void>;
  };
}

export interface SyncRequest {
  readonly desired: Records;
  /** Domains whose files have errors, and what to say of each: they keep what the tables have. */
  readonly mistaken?: Held;
  readonly policy: Policy;
  readonly moment: Moment;
  readonly allow: ReadonlySet<Code>;
  readonly pruneForeign: boolean;
  /** 0 does not wait. */
  readonly waitSeconds: number;
  /** The plan that was reviewed; another one is not written. */
  readonly expectFingerprint?: string;
  /** Where the files come from: without it no rollback is noticed. */
  readonly source?: { readonly commit: string; readonly run: string };
  /** Epoch seconds. */
  readonly at: number;
}

export type SyncStop = Stop | { readonly reason: 'not-live' };

export type Refusal = 'unsafe' | 'fingerprint';

export interface SyncResult {
  readonly review: Review;
  /** Domains that kept what the tables have, since their files have errors or hang on such files; and why. */
  readonly held: Held;
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
    last = await attempt(rest, ports, now);
    for (const change of last.written) written.push(change);
  }
  return { ...last, review: first.review, written };
}

function wasBusy({ stop }: SyncResult): boolean {
  return stop?.reason === 'fault' && faultOf(stop.error) === 'transient' && !isUnreachable(stop.error);
}

async function attempt(request: SyncRequest, ports: SyncPorts, now: () => number): Promise<SyncResult> {
  const { rows, gate, published } = await ports.read();
  const { moment, source, pruneForeign } = request;
  const { desired, held } = hold(rows, request.desired, request.mistaken ?? new Map(), { pruneForeign });
  const made = plan(rows, desired, moment, { pruneForeign, held });
  const reasons = [
    ...assess(made, request.policy, moment),
    ...rollback(gate, source?.commit, await descends(source?.commit, gate, ports)),
  ];
  const reviewed = review(made, reasons, request.allow);
  const nothing = { review: reviewed, held, written: [], liveAfterMs: null };
  if (reviewed.unsafe.length > 0) return { ...nothing, refused: 'unsafe' };
  if (request.expectFingerprint !== undefined && request.expectFingerprint !== made.fingerprint) {
    return { ...nothing, refused: 'fingerprint' };
  }

  const firstWrite = ports.clock.now();
  if (made.changes.length === 0 && gate?.state !== 'open') {
    if (gate === undefined || gate.number <= published) {
      return { ...nothing, liveAfterMs: request.waitSeconds === 0 ? null : 0 };
    }
    return { ...nothing, ...(await untilLive(gate.number, firstWrite, request, ports)) };
  }
  const commit = source?.commit ?? gate?.commit;
  const opened: Gate = {
    state: 'open',
    number: (gate?.number ?? 0) + 1,
    ...(commit === undefined ? {} : { commit }),
    run: source?.run ?? 'command line',
    at: now(),
  };
  const applied = await apply(made.changes, opened, gate, { ...ports, now });
  if (applied.stop !== undefined) return { ...nothing, ...applied };
  return { ...nothing, ...applied, ...(await untilLive(opened.number, firstWrite, request, ports)) };
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
  { build, clock }: SyncPorts,
): Promise<Pick<SyncResult, 'liveAfterMs' | 'stop'>> {
  if (waitSeconds === 0) return { liveAfterMs: null };
  const deadline = clock.now() + waitSeconds * 1000;
  try {
    while ((await build.published()) < number) {
      if (clock.now() + pause > deadline) return { liveAfterMs: null, stop: { reason: 'not-live' } };
      await clock.sleep(pause);
    }
    return { liveAfterMs: clock.now() - since };
  } catch (error) {
    return { liveAfterMs: null, stop: { reason: 'fault', error } };
  }
}
