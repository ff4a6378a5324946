import type { DynamoDBRecord, StreamRecord } from 'aws-lambda';
import { expect, test } from 'vitest';
import { fakeTelemetry } from '../../delivery/delivery.fake.ts';
import { createTriggerBuild } from './triggerBuild.ts';

function record(domain: string, images: Pick<StreamRecord, 'OldImage' | 'NewImage'> = {}): DynamoDBRecord {
  return { dynamodb: { Keys: { domain: { S: domain } }, ...images } };
}

const row = { domain: { S: 'example.com' }, managedBy: { S: 'aliasops' } };
const live = { M: { inactive: { L: [] } } };
const carrier = { domain: { S: 'example.com' }, live, liveOnly: { BOOL: true } };

test.each([
  { what: 'rows of domains', records: [record('example.com'), record('example.org')], starts: 1 },
  { what: 'the lease', records: [record('#build')], starts: 0 },
  {
    what: 'a gate that opens',
    records: [record('#sync', { NewImage: { state: { S: 'open' } } })],
    starts: 0,
  },
  {
    what: 'a gate that closes',
    records: [record('#sync', { NewImage: { state: { S: 'closed' } } })],
    starts: 1,
  },
  { what: 'a gate without an image', records: [record('#sync')], starts: 1 },
  {
    what: 'what a build published',
    records: [record('example.com', { OldImage: row, NewImage: { ...row, live } })],
    starts: 0,
  },
  { what: 'a row that carries it alone', records: [record('example.com', { NewImage: carrier })], starts: 0 },
  { what: 'such a row that goes', records: [record('example.com', { OldImage: carrier })], starts: 0 },
  {
    what: 'a domain that is given up',
    records: [record('example.com', { OldImage: { ...row, live }, NewImage: carrier })],
    starts: 1,
  },
  {
    what: 'a domain that becomes an alias domain',
    records: [
      record('example.com', {
        OldImage: { ...row, live },
        NewImage: { ...row, live, aliasfor: { S: 'example.org' } },
      }),
    ],
    starts: 1,
  },
  { what: 'nothing', records: [], starts: 0 },
])('starts $starts builds for $what', async ({ records, starts }) => {
  const started: string[] = [];
  const build = { start: async () => void started.push('build') };
  await createTriggerBuild({ build, telemetry: fakeTelemetry() })({ Records: records });
  expect(started).toHaveLength(starts);
});
