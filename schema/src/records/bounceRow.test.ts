import { expect, test } from 'vitest';
import { readBounceRow } from './bounceRow.ts';

const time = 1_762_000_000;

test.each([
  ['seconds', time, time],
  ['seconds with a fraction', time + 0.5, time + 0.5],
  ['milliseconds', time * 1_000 + 500, time + 0.5],
  ['milliseconds, rounded', (time + 0.5) * 1_000, time + 0.5],
  ['a second of no known time', 0, 0],
])('reads a time in %s', (_, stored, createdAt) => {
  const row = readBounceRow({ destination: 'a@b.example', createdAt: stored });
  expect(row).toEqual({
    destination: 'a@b.example',
    createdAt,
    key: { destination: 'a@b.example', createdAt: stored },
  });
});

test.each([
  ['M@H.example', 'm@h.example'],
  [' m@h.example ', 'm@h.example'],
  ['m@h\u00fctte.example', 'm@xn--htte-0ra.example'],
  ['No Address', 'no address'],
])('folds the destination of %j, and keeps its key', (destination, folded) => {
  expect(readBounceRow({ destination, createdAt: 1 })).toMatchObject({
    destination: folded,
    key: { destination },
  });
});

test('leaves out what has the wrong type', () => {
  const item = { destination: 'a@b.example', createdAt: 1, validUntil: 'soon', type: 'x', status: 5 };
  expect(readBounceRow({ ...item, action: 'failed' })).toEqual({
    destination: 'a@b.example',
    createdAt: 1,
    action: 'failed',
    key: { destination: 'a@b.example', createdAt: 1 },
  });
  expect(readBounceRow({ ...item, validUntil: '7', type: 'complaint' })).toMatchObject({
    validUntil: 7,
    type: 'complaint',
  });
});
