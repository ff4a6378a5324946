import { describe, expect, it } from 'vitest';
import { busyPatience, faultOf, retry } from './fault.ts';

/** A clock that a sleep moves on. */
function clockOf() {
  const time = { now: 0, pauses: [] as number[] };
  return {
    time,
    clock: {
      now: () => time.now,
      random: () => 1,
      sleep: async (milliseconds: number) => {
        time.now += milliseconds;
        time.pauses.push(milliseconds);
      },
    },
  };
}

const throttled = Object.assign(new Error('busy'), {
  name: 'ThrottlingException',
  $metadata: { httpStatusCode: 400 },
});
const refused = Object.assign(new Error('no'), { code: 'ECONNREFUSED' });

describe('retry', () => {
  it('calls again with growing pauses while the fault is transient', async () => {
    const { clock, time } = clockOf();
    const faults = [throttled, throttled, throttled];
    const call = async () => {
      const fault = faults.pop();
      if (fault !== undefined) throw fault;
      return 'done';
    };
    expect(await retry(call, clock)).toBe('done');
    expect(time.pauses).toEqual([50, 100, 200]);
  });

  it('gives up on a busy table before DynamoDB forgets the token, and sooner when nothing answers', async () => {
    const fail = (error: Error) => async () => {
      throw error;
    };
    const busy = clockOf();
    await expect(retry(fail(throttled), busy.clock)).rejects.toBe(throttled);
    expect(busy.time.now).toBeLessThan(10 * 60_000);
    expect(busy.time.now).toBeGreaterThan(busyPatience);
    const silent = clockOf();
    await expect(retry(fail(refused), silent.clock)).rejects.toBe(refused);
    expect(silent.time.now).toBeLessThan(30_000);
  });
});

const cancelled = (...codes: readonly string[]) => ({
  name: 'TransactionCanceledException',
  $metadata: { httpStatusCode: 400 },
  CancellationReasons: codes.map((Code) => ({ Code })),
});

describe('faultOf', () => {
  it.each([
    ['throttling', throttled, 'transient'],
    ['a server error', { name: 'Unknown', $metadata: { httpStatusCode: 503 } }, 'transient'],
    ['a conflict with another transaction', cancelled('None', 'TransactionConflict'), 'transient'],
    ['throttling within a transaction', cancelled('ThrottlingError', 'None'), 'transient'],
    ['a condition that failed', cancelled('None', 'ConditionalCheckFailed'), 'condition'],
    [
      'a condition that failed beside a conflict',
      cancelled('TransactionConflict', 'ConditionalCheckFailed'),
      'condition',
    ],
    ['an item that is too large', cancelled('ValidationError'), 'permanent'],
    [
      'an item that is too large, beside a conflict',
      cancelled('TransactionConflict', 'ValidationError'),
      'permanent',
    ],
    [
      'a table that is not there',
      { name: 'ResourceNotFoundException', $metadata: { httpStatusCode: 400 } },
      'permanent',
    ],
    ['something else', 'text', 'permanent'],
  ])('judges %s', (_, error, fault) => {
    expect(faultOf(error)).toBe(fault);
  });
});
