import { describe, expect, it } from 'vitest';
import { seconds } from '../../schema/src/text/time.ts';
import { type GroupOptions, groupWorld, start } from './groupWorld.ts';
import { schedule, timings } from './schedule.ts';
import type { QuotaFault } from './simulatedSes.ts';

const hour = 3_600_000;
const minute = 60_000;
const members = (count: number) => Array.from({ length: count }, (_, n) => `member${n}@home.example`);
const usual = { rate: 14, daily: 50_000, megabytes: 0.01 };

type World = ReturnType<typeof groupWorld>;

function worldOf(count: number, given: Partial<GroupOptions> = {}) {
  const aliases = { 'everybody@example.com': members(count), 'jane@example.com': ['jane@home.example'] };
  return groupWorld({ ...usual, aliases, ...given });
}

/** How often each member has the mail, as numbers of members by that; and what became of the rest. */
function found({ ses, telemetry, ledger }: World, count: number) {
  const copies = Map.groupBy(ses.taken, ({ to }) => to);
  return {
    once: members(count).filter((name) => copies.get(name)?.length === 1).length,
    givenUp: telemetry.counts.get('expired') ?? 0,
    mayBeTwice: telemetry.counts.get('duplicate') ?? 0,
    due: ledger.rows.filter(({ state }) => state === 'due').length,
  };
}

const allOnce = (count: number) => ({ once: count, givenUp: 0, mayBeTwice: 0, due: 0 });
const at = ({ ses }: World, to: string) =>
  (ses.taken.find((copy) => copy.to === to)?.at ?? Number.NaN) - start;

describe('each member gets it once', () => {
  it.each([
    [500, 20, 14],
    [1_000, 10, 14],
    [500, 10, 1],
    [200, 0.01, 1],
    [100, 0.01, 1],
  ])('%i of them, %d MB, at %i a second, however the schedule runs', async (count, megabytes, rate) => {
    for (const timing of timings) {
      const world = worldOf(count, { megabytes, rate });
      void schedule(world, timing, 4);
      void world.receive('group', ['everybody@example.com']);
      await world.time.runUntil(start + 4 * hour);
      expect(found(world, count), timing).toEqual(allOnce(count));
      expect(world.used.killed).toBe(0);
    }
  });

  it('where two invocations begin at once, again and again', async () => {
    const world = worldOf(300, { rate: 1 });
    void world.receive('group', ['everybody@example.com']);
    for (let after = 500; after < 600_000; after += 7_300) {
      void world.time.sleep(after).then(() => world.retry(start));
      void world.time.sleep(after).then(() => world.retry(start + after));
    }
    await world.time.runUntil(start + 2 * hour);
    expect(found(world, 300)).toEqual(allOnce(300));
  });

  it.each([0.01, 10])('of an event that was kept, %d MB', async (megabytes) => {
    const world = worldOf(500, { megabytes });
    world.keep('kept', ['everybody@example.com']);
    void schedule(world, 'doubled', 2);
    await world.time.runUntil(start + 2 * hour);
    expect(found(world, 500)).toEqual(allOnce(500));
    expect(world.events.size).toBe(0);
  });

  it('where tables take 300 ms', async () => {
    const world = worldOf(500, { tableTime: 300 });
    void schedule(world, 'on time', 2);
    void world.receive('group', ['everybody@example.com']);
    await world.time.runUntil(start + 2 * hour);
    expect(found(world, 500)).toEqual(allOnce(500));
    expect(world.used.killed).toBe(0);
  });
});

describe('nothing is given up', () => {
  it.each<QuotaFault>([
    { name: 'LimitExceededException', message: 'Daily message quota exceeded.' },
    { name: 'Throttling', message: 'Daily message quota exceeded.' },
    { name: 'TooManyRequestsException', message: 'Daily message quota exceeded' },
  ])("for a day's quota that is used up, as $name says: it waits for the next day", async (quotaFault) => {
    const world = worldOf(150, { daily: 100, quotaFault });
    void schedule(world, 'on time', 49);
    void world.receive('group', ['everybody@example.com']);
    await world.time.runUntil(start + hour);
    expect(found(world, 150)).toMatchObject({ once: 100, givenUp: 0 });
    expect(world.telemetry.counts.get('account-fault')).toBeGreaterThan(0);
    await world.time.runUntil(start + 49 * hour);
    expect(found(world, 150)).toEqual(allOnce(150));
    expect(world.ses.counts.overQuota).toBeLessThan(20);
  });

  it('while the brake holds new destinations for longer than a day, and each goes once it is released', async () => {
    const engaged = { rate: 0.1, until: seconds(start / 1_000 + 30 * 3_600) };
    const world = worldOf(500, { brake: engaged, tableTime: 300 });
    void schedule(world, 'on time', 32);
    void world.receive('group', ['everybody@example.com']);
    await world.time.runUntil(start + 29 * hour);
    expect(found(world, 500)).toEqual({ ...allOnce(500), once: 0, due: 500 });
    expect(world.used.killed).toBe(0);
    await world.time.runUntil(start + 32 * hour);
    expect(found(world, 500)).toEqual(allOnce(500));
  });
});

describe('nobody waits for a crowd', () => {
  it.each([
    [500, 14],
    [2_000, 14],
    [500, 50],
    [50, 1],
  ])('of %i at %i a second, which is through a minute after SES could have taken it', async (count, rate) => {
    const world = worldOf(count, { rate });
    void schedule(world, 'on time', 2);
    void world.receive('group', ['everybody@example.com']);
    for (const after of [3_000, 12_000, 30_000])
      void world.time.sleep(after).then(() => world.receive(`single-${after}`, ['jane@example.com']));
    await world.time.runUntil(start + 2 * hour);
    const last = Math.max(...members(count).map((name) => at(world, name)));
    expect(last).toBeLessThan((count / rate) * 1_000 + minute);
    const singles = world.ses.taken.filter(({ to }) => to === 'jane@home.example');
    expect(singles).toHaveLength(3);
    for (const [place, after] of [3_000, 12_000, 30_000].entries())
      expect((singles[place]?.at ?? Number.NaN) - start - after).toBeLessThan(5_000);
  });

  it('nor for answers: mail that is tried again goes before a thousand of them', async () => {
    const world = worldOf(1);
    void schedule(world, 'on time', 3);
    for (let n = 0; n < 2_000; n += 1)
      void world.time.sleep(n * 600).then(() => world.receive(`flood-${n}`, [`name${n}@example.com`]));
    await world.time.runUntil(start + 8 * minute);
    const before = world.ses.taken.length;
    world.ses.refuseNext(1);
    void world.receive('late', ['jane@example.com']);
    await world.time.runUntil(start + 17 * minute);
    expect(world.ses.taken.slice(before)).toMatchObject([{ to: 'jane@home.example' }]);
    await world.time.runUntil(start + 3 * hour);
    expect(world.ses.counts.answers).toBeLessThan(401);
    expect(world.telemetry.counts.get('answer-dropped')).toBeGreaterThan(1_000);
    expect(world.ledger.rows.filter(({ state }) => state === 'due')).toEqual([]);
  });
});
