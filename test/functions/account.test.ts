import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { brakeRow } from '../../forwarder/src/aws/bounceRate.ts';
import { documents } from '../../forwarder/src/aws/documents.ts';
import { hourlyAnswers } from '../../forwarder/src/aws/hourlyAnswers.ts';
import { queueLease } from '../../forwarder/src/aws/queueRow.ts';
import { isEngaged, releaseBrake } from '../../forwarder/src/delivery/bounceRateBrake.ts';
import { fakeAnswers, fakeLease } from '../../forwarder/src/delivery/delivery.fake.ts';
import { seconds } from '../../schema/src/text/time.ts';
import { startTables, type TablesServer } from '../tablesFixture.ts';

let server: TablesServer;
beforeAll(async () => {
  server = await startTables();
});
afterAll(() => server.stop());

const client = () => documents(server.client);
const table = () => server.names.DELIVERIES_TABLE ?? '';

describe.each([
  ['the table', () => queueLease(client(), table()), () => hourlyAnswers(client(), table())],
  ['the fake', fakeLease, fakeAnswers],
])('%s', (_, createLease, createAnswers) => {
  test('lets one work at a time, and tells it that another asked', async () => {
    const lease = createLease();
    const at = (time: number) => seconds(time);
    expect(await lease.askAgain(at(1))).toBe(false);
    expect(await lease.take('a', at(1), at(100))).toBe(true);
    expect(await lease.take('b', at(100), at(200))).toBe(false);
    expect(await lease.askAgain(at(100))).toBe(true);
    expect(await lease.release('a', at(100))).toBe(false);
    expect(await lease.take('a', at(100), at(200))).toBe(true);
    expect(await lease.renew('a', at(300))).toBe(true);
    expect(await lease.renew('b', at(300))).toBe(false);
    expect(await lease.askAgain(at(301))).toBe(false);
    expect(await lease.take('b', at(301), at(400))).toBe(true);
    expect(await lease.release('a', at(301))).toBe(false);
    expect(await lease.release('b', at(302))).toBe(true);
    expect(await lease.take('c', at(302), at(400))).toBe(true);
  });

  test('counts the answers of an hour', async () => {
    const answers = createAnswers();
    const allowed = async (now: number) => answers.allow(seconds(now), 2);
    expect([await allowed(7_200), await allowed(10_799), await allowed(10_799)]).toEqual([true, true, false]);
    expect(await allowed(10_800)).toBe(true);
  });
});

test('keeps when the brake was released by hand', async () => {
  const brake = brakeRow(client(), table());
  await brake.write({ rate: 0.06, until: seconds(500) });
  expect(await releaseBrake(brake, seconds(400))).toBe(true);
  const row = await brake.read();
  expect(row).toEqual({ rate: 0.06, until: 400, releasedAt: 400 });
  expect(isEngaged(row, seconds(400))).toBe(false);
});
