import { type Milliseconds, milliseconds, plus, since } from '../../../schema/src/text/time.ts';
import { inParallel } from '../routing/inParallel.ts';
import type { StoredObject } from './keptEvents.ts';
import type { Ledger } from './ledger.ts';

/** What was looked at so far, so that each mail is looked up once. */
export interface OrphanWatch {
  /** Every mail that was stored by then was looked at. */
  readonly lookedTo: Milliseconds;
  /** When the last walk through the bucket began. */
  readonly begunAt: Milliseconds;
  /** Where that walk has come to, by the id of a mail; undefined where it has ended. */
  readonly after?: string;
  /** Mails that it met, or that the last one met where it has ended. */
  readonly mails: number;
  /** Those that nothing knew of. */
  readonly orphans: readonly Orphan[];
}

interface Orphan {
  readonly messageId: string;
  readonly foundAt: Milliseconds;
}

interface OrphanPorts {
  readonly events: {
    /** The mails that are there, by their ids; those behind `after` alone, where it is given. */
    list(after?: string): AsyncIterable<StoredObject>;
    keptEvents(): AsyncIterable<StoredObject>;
  };
  readonly ledger: Pick<Ledger, 'of'>;
  readonly clock: () => Milliseconds;
}

/** By then `process` has written a row, kept the event, or died. */
const orphanAge = milliseconds(10 * 60_000);
/** What the first look goes back. */
const firstReach = milliseconds(24 * 3_600_000);
/** For how long an orphan is told of; the queue shows it as long as the bucket keeps it. */
const toldFor = milliseconds(24 * 3_600_000);
/** Told of at most: beyond that one more says nothing. */
const orphanLimit = 100;
/**
 * Between the beginnings of two walks, for each thousand mails that the bucket has: a page of a listing costs as much as
 * forty mails that are looked up.
 */
const walkGap = milliseconds(5 * 60_000);
const longestGap = milliseconds(3_600_000);
const pageSize = 1_000;
/** Mails that are looked up at a time. */
const lookUpsAtOnce = 10;
/** Mails that are met between two looks at the clock. */
const stretch = 200;

/**
 * Goes on with the walk through the bucket, or begins the next one when it is time, and finds the mails that nothing knows
 * of: SES stored them, and `process` never wrote a row. An earlier state may be given again, and is gone on from.
 *
 * @param until by the real clock: the rest is left to the next look
 */
export async function lookForOrphans(
  ports: OrphanPorts,
  last: OrphanWatch | undefined,
  now: Milliseconds,
  until: Milliseconds,
): Promise<OrphanWatch> {
  const lookedTo = last?.lookedTo ?? plus(now, milliseconds(-firstReach));
  const known = await stillUnknown(
    (last?.orphans ?? []).filter(({ foundAt }) => since(foundAt, now) < toldFor),
    ports.ledger,
  );
  const isUnderWay = last?.after !== undefined;
  if (last !== undefined && !isUnderWay && since(last.begunAt, now) < gapAfter(last)) {
    return { ...last, orphans: known };
  }
  const begunAt = isUnderWay ? last.begunAt : now;
  const from = { lookedTo, begunAt, mails: isUnderWay ? last.mails : 0, orphans: known };
  return walk(ports, isUnderWay ? { ...from, after: last.after } : from, now, until);
}

/** All mails that nothing knows of, as long as the bucket has them: looks each mail up. */
export async function findOrphans(ports: OrphanPorts, now: Milliseconds): Promise<string[]> {
  const from = {
    lookedTo: milliseconds(Number.NEGATIVE_INFINITY),
    begunAt: now,
    mails: 0,
    orphans: [],
  };
  const found = await walk(
    ports,
    from,
    now,
    milliseconds(Number.POSITIVE_INFINITY),
    Number.POSITIVE_INFINITY,
  );
  return found.orphans.map(({ messageId }) => messageId);
}

function gapAfter({ mails }: OrphanWatch): number {
  return Math.min(longestGap, walkGap * Math.ceil(mails / pageSize));
}

async function walk(
  { events, ledger, clock }: OrphanPorts,
  from: OrphanWatch,
  now: Milliseconds,
  until: Milliseconds,
  limit: number = orphanLimit,
): Promise<OrphanWatch> {
  const kept = new Set<string>();
  for await (const { messageId } of events.keptEvents()) kept.add(messageId);
  // What is younger may be on its way still: the next walk has it.
  const reach = plus(from.begunAt, milliseconds(-orphanAge));
  const orphans = [...from.orphans];
  let { after, mails } = from;
  let met: StoredObject[] = [];
  const lookUp = async () => {
    const wanted = met.filter(
      ({ messageId, storedAt }) =>
        storedAt > from.lookedTo &&
        storedAt <= reach &&
        !kept.has(messageId) &&
        orphans.every((orphan) => orphan.messageId !== messageId),
    );
    const unknown = await stillUnknown(
      wanted.map(({ messageId }) => ({ messageId, foundAt: now })),
      ledger,
    );
    orphans.push(...unknown.slice(0, Math.max(0, limit - orphans.length)));
    after = met.at(-1)?.messageId ?? after;
    mails += met.length;
    met = [];
  };
  for await (const mail of events.list(after)) {
    met.push(mail);
    if (met.length < stretch) continue;
    await lookUp();
    if (clock() >= until) return { ...from, mails, orphans, ...(after === undefined ? {} : { after }) };
  }
  await lookUp();
  return { lookedTo: reach, begunAt: from.begunAt, mails, orphans };
}

/** In their order; a mail that was taken in meanwhile is none any more. */
async function stillUnknown(orphans: readonly Orphan[], ledger: Pick<Ledger, 'of'>): Promise<Orphan[]> {
  const taken = new Set<Orphan>();
  await inParallel(orphans, lookUpsAtOnce, async (orphan) => {
    if ((await ledger.of(orphan.messageId)).length > 0) taken.add(orphan);
  });
  return orphans.filter((orphan) => !taken.has(orphan));
}
