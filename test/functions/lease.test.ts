import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildLease } from '../../forwarder/src/aws/builds.ts';
import { documents } from '../../forwarder/src/aws/documents.ts';
import { type BuildLease, underLease } from '../../forwarder/src/build/lease.ts';
import { fakeLease } from '../../forwarder/src/build/tables.fake.ts';
import { seconds } from '../../schema/src/text/time.ts';
import { startTables, type TablesServer } from '../tablesFixture.ts';

let server: TablesServer;
beforeAll(async () => {
  server = await startTables();
});
afterAll(() => server.stop());

const kinds: readonly [string, () => BuildLease][] = [
  ['the row', () => buildLease(documents(server.client), server.names.DOMAINS_TABLE ?? '')],
  ['the fake', fakeLease],
];

describe.each(kinds)('%s', (_, create) => {
  test('is held by one, and given back', async () => {
    const lease = create();
    expect(await lease.take('a', seconds(100), seconds(220))).toBe(true);
    expect(await lease.take('b', seconds(150), seconds(270))).toBe(false);
    expect(await lease.renew('b', seconds(300))).toBe(false);
    expect(await lease.renew('a', seconds(300))).toBe(true);
    expect(await lease.take('b', seconds(299), seconds(400))).toBe(false);
    expect(await lease.release('a', seconds(250))).toBe(true);
    expect(await lease.askAgain(seconds(299))).toBe(false);
  });

  test('is not given back while another build is asked for', async () => {
    const lease = create();
    expect(await lease.take('a', seconds(1_000), seconds(1_120))).toBe(true);
    expect(await lease.askAgain(seconds(1_010))).toBe(true);
    expect(await lease.release('a', seconds(1_015))).toBe(false);
    expect(await lease.take('a', seconds(1_020), seconds(1_140))).toBe(true);
    expect(await lease.release('a', seconds(1_030))).toBe(true);
  });

  test('is taken from whoever died with it', async () => {
    const lease = create();
    expect(await lease.take('a', seconds(2_000), seconds(2_120))).toBe(true);
    expect(await lease.take('b', seconds(2_121), seconds(2_241))).toBe(true);
    expect(await lease.release('a', seconds(2_125))).toBe(false);
    expect(await lease.release('b', seconds(2_130))).toBe(true);
  });

  test('builds once more for a change that came during the build', async () => {
    const lease = create();
    const builds: string[] = [];
    const first = underLease(
      lease,
      'a',
      () => seconds(3_000),
      async () => {
        builds.push('a');
        if (builds.length > 1) return;
        expect(
          await underLease(
            lease,
            'b',
            () => seconds(3_001),
            async () => void builds.push('b'),
          ),
        ).toBe('asked');
      },
    );
    expect(await first).toBe('built');
    expect(builds).toEqual(['a', 'a']);
  });
});

test('the row keeps what was published last, and when a build ended', async () => {
  const lease = buildLease(documents(server.client), server.names.DOMAINS_TABLE ?? '');
  await lease.take('a', seconds(4_000), seconds(4_120));
  expect(await lease.publish('b', 8)).toBe(false);
  expect(await lease.publish('a', 7)).toBe(true);
  expect(await lease.release('a', seconds(4_050))).toBe(true);
  const { Item } = await server.client.send(
    new GetItemCommand({ TableName: server.names.DOMAINS_TABLE, Key: { domain: { S: '#build' } } }),
  );
  expect(Item).toEqual({ domain: { S: '#build' }, builtAt: { N: '4050' }, number: { N: '7' } });
});
