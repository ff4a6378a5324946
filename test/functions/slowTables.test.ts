import { setTimeout as pause } from 'node:timers/promises';
import { GetObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type FaultProxy, startFaultProxy } from '../../forwarder/local/servers/faultProxy.ts';
import { bucket, mailEvent, startWorld, type World } from './world.ts';

let world: World;
let proxy: FaultProxy;
beforeAll(async () => {
  world = await startWorld();
  await world.define('known', ['known@home.example']);
  await world.call('buildForwards', {});
  proxy = await startFaultProxy(process.env.AWS_ENDPOINT_URL_DYNAMODB ?? '');
  process.env.AWS_ENDPOINT_URL_DYNAMODB = proxy.endpoint;
});
beforeEach(() => {
  world.ses.bounces.length = 0;
});
afterAll(async () => {
  await world.stop();
  await proxy.stop();
});

/** As many as SES takes in one mail. */
const unknown = Array.from({ length: 100 }, (_, place) => `unknown${place}@example.com`);

/** Milliseconds that SES waits for a function. */
const patience = 30_000;

test('looks up a hundred unknown recipients together, though not all at once', async () => {
  const calls = { open: 0, most: 0 };
  proxy.decide(async () => {
    calls.open += 1;
    calls.most = Math.max(calls.most, calls.open);
    await pause(100);
    calls.open -= 1;
    return undefined;
  });
  await world.mail('m-hundred', { recipients: unknown });
  expect(world.ses.bounces.map(recipients)).toEqual([unknown]);
  expect(calls.most).toBeGreaterThan(10);
  expect(calls.most).toBeLessThan(50);
});

test('keeps the event while SES still waits, when the tables are too slow', async () => {
  const event = mailEvent('m-slow', { recipients: unknown });
  await world.store('m-slow', Buffer.from('From: ann@sender.example\r\n\r\nHello'));
  // Each answer comes before the client gives up on it.
  proxy.decide(async () => {
    await pause(2_500);
    return undefined;
  });
  const called = world.call('process', event);
  const answer = await Promise.race([called, pause(patience, 'SES stopped waiting')]);
  proxy.decide(() => undefined);
  expect(answer).toEqual({ disposition: 'STOP_RULE_SET' });
  const kept = await world.s3.send(new GetObjectCommand({ Bucket: bucket, Key: 'events/m-slow.json' }));
  expect(JSON.parse((await kept.Body?.transformToString()) ?? '')).toEqual(event);
  expect(await world.rows('m-slow')).toEqual([]);
  await world.call('retryDeliveries', {});
  expect(world.ses.bounces.map(recipients)).toEqual([unknown]);
  expect(await world.rows('m-slow')).toMatchObject([{ destination: '#bounce', state: 'bounced' }]);
});

/** Whom a SendBounce names. */
function recipients(bounce: URLSearchParams): string[] {
  return [...bounce].flatMap(([name, value]) =>
    /^BouncedRecipientInfoList\.member\.\d+\.Recipient$/.test(name) ? [value] : [],
  );
}
