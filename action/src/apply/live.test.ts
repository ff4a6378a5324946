import { describe, expect, it } from 'vitest';
import type { Records } from '../../../schema/src/records.ts';
import { type LiveRow, waitUntilLive } from './live.ts';

const records: Records = {
  definitions: [
    { domain: 'example.com', alias: 'a', destinations: ['x@m.example'], type: 'person', active: true },
    { domain: 'example.com', alias: 'lost', destinations: ['gone'], type: 'person', active: true },
  ],
  domains: [{ domain: 'example.com' }],
};
const right = { alias: 'a@example.com', destination: 'x@m.example' };

function wait(looks: readonly (readonly LiveRow[])[], exactly = true) {
  const time = { now: 0, look: 0 };
  const live = {
    async *rows() {
      yield* looks[Math.min(time.look, looks.length - 1)] ?? [];
      time.look += 1;
    },
  };
  const clock = {
    now: () => time.now,
    sleep: async (milliseconds: number) => {
      time.now += milliseconds;
    },
  };
  return waitUntilLive({ records, today: '2026-11-24', atMost: 2000, exactly }, live, clock);
}

describe('waitUntilLive', () => {
  it.each([
    ['all rows are there', [[right]], true],
    ['they come in time', [[], [right]], true],
    ['they do not come in time', [[]], false],
    [
      'a row that should be gone is there',
      [[right, { alias: 'b@example.com', destination: 'y@m.example' }]],
      false,
    ],
    [
      'an alias that leads nowhere keeps its last rows',
      [[right, { alias: 'lost@example.com', destination: 'y@m.example' }]],
      true,
    ],
  ])('judges where %s', async (_, looks, expected) => {
    expect(await wait(looks)).toBe(expected);
  });

  it('bears rows too many where nothing was written that would remove them', async () => {
    expect(await wait([[right, { alias: 'b@example.com', destination: 'y@m.example' }]], false)).toBe(true);
  });
});
