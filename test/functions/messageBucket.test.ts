import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type S3Server, startS3 } from '../../forwarder/local/servers/s3.ts';
import { type MessageBucket, messageBucket } from '../../forwarder/src/aws/messageBucket.ts';
import { headroom } from '../../forwarder/src/mail/message.ts';

let server: S3Server;
let client: S3Client;
let bucket: MessageBucket;
beforeAll(async () => {
  server = await startS3();
  const { endpoint, credentials } = server;
  client = new S3Client({ endpoint, credentials, region: 'eu-west-1' });
  await client.send(new CreateBucketCommand({ Bucket: 'mails' }));
  bucket = messageBucket(client, 'mails');
});
afterAll(async () => {
  client.destroy();
  await server.stop();
});

const large = Buffer.alloc(5_000_000, 'x\n');

test('reads a mail behind room for its header', async () => {
  await client.send(new PutObjectCommand({ Bucket: 'mails', Key: 'large', Body: large }));
  const { buffer, size, isWhole } = await bucket.fetch('large', large.length);
  expect({ size, isWhole }).toEqual({ size: large.length, isWhole: true });
  expect(buffer.subarray(headroom).equals(large)).toBe(true);
});

test('reads only the beginning of a mail above the limit', async () => {
  const { buffer, size, isWhole } = await bucket.fetch('large', large.length - 1);
  expect({ size, isWhole }).toEqual({ size: large.length, isWhole: false });
  expect(buffer.subarray(headroom).equals(large.subarray(0, 1_048_576))).toBe(true);
});

test('says so when there is no such mail', async () => {
  await expect(bucket.fetch('nothing', 1)).rejects.toThrow();
});

test('takes for no mail what SES puts there when a rule is made', async () => {
  const Key = 'AMAZON_SES_SETUP_NOTIFICATION';
  await client.send(new PutObjectCommand({ Bucket: 'mails', Key, Body: 'Hello' }));
  const found: string[] = [];
  for await (const { messageId } of bucket.list()) found.push(messageId);
  expect(found).toEqual(['large']);
});

test('keeps, lists, reads and forgets an event, and takes it for no mail', async () => {
  await bucket.keepEvent('waiting', { Records: [1] });
  const ids = async (objects: AsyncIterable<{ messageId: string }>) => {
    const found: string[] = [];
    for await (const { messageId } of objects) found.push(messageId);
    return found;
  };
  expect(await ids(bucket.keptEvents())).toEqual(['waiting']);
  expect(await ids(bucket.list())).toEqual(['large']);
  expect(await ids(bucket.list('larg'))).toEqual(['large']);
  expect(await ids(bucket.list('large'))).toEqual([]);
  expect(await bucket.readEvent('waiting')).toEqual({ Records: [1] });
  await bucket.forgetEvent('waiting');
  expect(await ids(bucket.keptEvents())).toEqual([]);
});
