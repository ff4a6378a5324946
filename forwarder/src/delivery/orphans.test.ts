import { describe, expect, it } from 'vitest';
import { type Milliseconds, milliseconds } from '../../../schema/src/text/time.ts';
import { fakeDelivery, fakeEntry } from './delivery.fake.ts';
import { findOrphans, lookForOrphans, type OrphanWatch } from './orphans.ts';

const at = 1_000_000;
const now = milliseconds(at * 1_000);
const minute = 60_000;
const day = 24 * 60 * minute;
const late = milliseconds(Number.POSITIVE_INFINITY);
const later = (time: number) => milliseconds(now + time);

/** A bucket with these mails, by their age; `mail` has a row, and the event of `kept` is kept. */
async function worldWith(ages: Readonly<Record<string, number>>) {
  const { ledger, ports, clock } = fakeDelivery({ now });
  await ledger.open([fakeEntry('a@x.example', at)]);
  const lookUps: string[] = [];
  const stored = Object.entries(ages).sort(([a], [b]) => (a < b ? -1 : 1));
  const world = {
    clock: ports.clock,
    ledger: {
      of: async (messageId: string) => {
        lookUps.push(messageId);
        return ledger.of(messageId);
      },
    },
    events: {
      async *list(behind = '') {
        for (const [messageId, age] of stored)
          if (messageId > behind) yield { messageId, storedAt: milliseconds(now - age) };
      },
      async *keptEvents() {
        yield { messageId: 'kept', storedAt: now };
      },
    },
  };
  return { world, ledger, lookUps, clock };
}

const idsOf = ({ orphans }: OrphanWatch) => orphans.map(({ messageId }) => messageId);

describe('an orphan', () => {
  it.each<[string, number, string, readonly string[], readonly string[]]>([
    ['is a mail that nothing is known of', 10 * minute, 'other', ['other'], ['other']],
    ['is none that may be on its way', 10 * minute - 1, 'other', [], []],
    ['is none whose event is kept', 10 * minute, 'kept', [], []],
    ['is none that has a row', 10 * minute, 'mail', [], []],
    ['is told of where it is of the last day', day - 1, 'other', ['other'], ['other']],
    ['is listed where it is older', day, 'other', [], ['other']],
  ])('%s', async (_, age, messageId, told, listed) => {
    const { world } = await worldWith({ [messageId]: age });
    expect(idsOf(await lookForOrphans(world, undefined, now, late))).toEqual(told);
    expect(await findOrphans(world, now)).toEqual(listed);
  });

  it('is told of for a day, or until it is taken in', async () => {
    const { world, ledger } = await worldWith({ other: 10 * minute });
    const found = await lookForOrphans(world, undefined, now, late);
    expect(idsOf(await lookForOrphans(world, found, later(day - 1), late))).toEqual(['other']);
    expect(idsOf(await lookForOrphans(world, found, later(day), late))).toEqual([]);
    await ledger.open([fakeEntry('a@x.example', at, { messageId: 'other' })]);
    expect(idsOf(await lookForOrphans(world, found, later(1), late))).toEqual([]);
  });

  it('is told of among a hundred at most', async () => {
    const { world } = await worldWith(numbered(150, 10 * minute));
    expect(idsOf(await lookForOrphans(world, undefined, now, late))).toHaveLength(100);
    expect(await findOrphans(world, now)).toHaveLength(150);
  });
});

describe('the look for orphans', () => {
  it('looks each mail up once', async () => {
    const { world, lookUps } = await worldWith({ mail: 10 * minute, young: 5 * minute });
    let watch: OrphanWatch | undefined;
    for (const minutes of [0, 5, 10, 15, 60]) {
      watch = await lookForOrphans(world, watch, later(minutes * minute), late);
    }
    expect(lookUps.filter((id) => id === 'mail')).toHaveLength(1);
    expect(watch?.orphans).toEqual([{ messageId: 'young', foundAt: later(5 * minute) }]);
  });

  it.each<[string, number, number, boolean]>([
    ['an empty bucket at once', 0, 0, true],
    ['a small one not before five minutes', 1, 5 * minute - 1, false],
    ['a small one after five minutes', 1_000, 5 * minute, true],
    ['one of two pages not before ten', 1_001, 10 * minute - 1, false],
    ['one of two pages after ten', 1_001, 10 * minute, true],
    ['a large one not before an hour', 100_000, 60 * minute - 1, false],
    ['a large one after an hour', 100_000, 60 * minute, true],
  ])('walks again through %s', async (_, mails, passed, walks) => {
    const { world } = await worldWith({});
    const last = { lookedTo: now, begunAt: now, mails, orphans: [] };
    const { begunAt } = await lookForOrphans(world, last, later(passed), late);
    expect(begunAt).toBe(walks ? later(passed) : now);
  });

  it('stops when its time is over, and goes on there, with nothing left out', async () => {
    const { world, lookUps, clock } = await worldWith(numbered(1_050, 10 * minute));
    const watches: OrphanWatch[] = [];
    const reach = milliseconds(now - 10 * minute);
    let watch: OrphanWatch | undefined;
    do {
      watch = await lookForOrphans(world, watch, now, milliseconds(clock.now));
      watches.push(watch);
    } while (watch.after !== undefined);
    expect(watches.map(({ mails }) => mails)).toEqual([200, 400, 600, 800, 1_000, 1_050]);
    expect(watch).toMatchObject({ lookedTo: reach, begunAt: now });
    expect(new Set(lookUps).size).toBe(1_050);
  });

  it('leaves what came during a walk to the next one', async () => {
    const { world } = await worldWith({ other: -5 * minute });
    const under: OrphanWatch = { lookedTo: now, begunAt: now, after: 'a', mails: 9, orphans: [] };
    const ended = await lookForOrphans(world, under, later(20 * minute), late);
    expect(idsOf(ended)).toEqual([]);
    const next = await lookForOrphans(world, ended, later(25 * minute), late);
    expect(idsOf(next)).toEqual(['other']);
  });
});

function numbered(count: number, age: number): Record<string, Milliseconds> {
  const ids = Array.from({ length: count }, (_, n) => `m${String(n).padStart(6, '0')}`);
  return Object.fromEntries(ids.map((id) => [id, milliseconds(age)]));
}
