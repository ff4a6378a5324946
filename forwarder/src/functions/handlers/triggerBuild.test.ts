import type { DynamoDBStreamEvent } from 'aws-lambda';
import { expect, test } from 'vitest';
import { fakeTelemetry } from '../../delivery/telemetry.fake.ts';
import { createTriggerBuild } from './triggerBuild.ts';

const event = (...domains: readonly string[]): DynamoDBStreamEvent => ({
  Records: domains.map((S) => ({ dynamodb: { Keys: { domain: { S } } } })),
});

test.each([
  { domains: ['example.com', 'example.org', '#sync'], starts: 1 },
  { domains: ['#build', '#sync', '#misspelt'], starts: 0 },
  { domains: [], starts: 0 },
])('starts $starts builds for a batch of $domains', async ({ domains, starts }) => {
  const started: string[] = [];
  const build = { start: async () => void started.push('build') };
  await createTriggerBuild({ build, telemetry: fakeTelemetry() })(event(...domains));
  expect(started).toHaveLength(starts);
});
