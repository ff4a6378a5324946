import {
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { milliseconds } from '../../../schema/src/text/time.ts';
import type { StoredObject } from '../delivery/keptEvents.ts';
import { headroom } from '../mail/message.ts';

/** A mail, or its beginning, behind `headroom` free bytes. */
export interface StoredMail {
  /** Bytes of the whole mail. */
  readonly size: number;
  readonly buffer: Buffer;
  /** Whether `buffer` ends where the mail does. */
  readonly isWhole: boolean;
}

export interface MessageBucket {
  /** Reads a mail; of one with more than `limit` bytes only the first, enough for its header. */
  fetch(messageId: string, limit: number): Promise<StoredMail>;
  /** The mails that are there, by their ids; those behind `after` alone, where it is given. */
  list(after?: string): AsyncIterable<StoredObject>;
  /** Keeps an event that no table took, to be read again later. */
  keepEvent(messageId: string, event: unknown): Promise<void>;
  keptEvents(): AsyncIterable<StoredObject>;
  readEvent(messageId: string): Promise<unknown>;
  forgetEvent(messageId: string): Promise<void>;
}

/** Enough for any header: SES itself refuses far shorter ones. */
const beginning = 1_048_576;

/** What SES puts into a bucket when a receipt rule that writes there is made, to try its permission. */
const setupNotification = 'AMAZON_SES_SETUP_NOTIFICATION';

const eventPrefix = 'events/';
const eventSuffix = '.json';

/** The bucket in which SES puts each mail under its id, and we the events that must wait. */
export function messageBucket(client: S3Client, bucket: string): MessageBucket {
  const keyOf = (messageId: string) => `${eventPrefix}${messageId}${eventSuffix}`;
  return {
    async fetch(messageId, limit) {
      const { Body, ContentLength: size = 0 } = await client.send(
        new GetObjectCommand({ Bucket: bucket, Key: messageId }),
      );
      const isWhole = size <= limit;
      const wanted = isWhole ? size : Math.min(size, beginning);
      return { size, isWhole, buffer: await readBehind(Body as AsyncIterable<Uint8Array>, wanted) };
    },
    list: (after) => listObjects(client, { Bucket: bucket, Delimiter: '/', StartAfter: after }, (key) => key),
    keptEvents: () =>
      listObjects(client, { Bucket: bucket, Prefix: eventPrefix }, (key) =>
        key.slice(eventPrefix.length, -eventSuffix.length),
      ),
    async keepEvent(messageId, event) {
      await client.send(
        new PutObjectCommand({
          Bucket: bucket,
          Key: keyOf(messageId),
          Body: Buffer.from(JSON.stringify(event)),
          ContentType: 'application/json',
        }),
      );
    },
    async readEvent(messageId) {
      const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: keyOf(messageId) }));
      return JSON.parse((await Body?.transformToString()) ?? 'null');
    },
    async forgetEvent(messageId) {
      await client.send(new DeleteObjectCommand({ Bucket: bucket, Key: keyOf(messageId) }));
    },
  };
}

/** Reads `wanted` bytes straight to their place, so that a large mail is in memory once. */
async function readBehind(body: AsyncIterable<Uint8Array>, wanted: number): Promise<Buffer> {
  const buffer = Buffer.allocUnsafe(headroom + wanted);
  let end = headroom;
  // Leaving the loop early ends the stream, and so the download.
  for await (const chunk of body) {
    const part = chunk.subarray(0, buffer.length - end);
    buffer.set(part, end);
    end += part.length;
    if (end === buffer.length) break;
  }
  if (end < buffer.length) throw new Error('The bucket broke off in the middle of a mail.');
  return buffer;
}

type Listing = ConstructorParameters<typeof ListObjectsV2Command>[0];

async function* listObjects(
  client: S3Client,
  listing: Listing,
  idOf: (key: string) => string,
): AsyncGenerator<StoredObject> {
  let token: string | undefined;
  do {
    const page = await client.send(new ListObjectsV2Command({ ...listing, ContinuationToken: token }));
    for (const { Key, LastModified } of page.Contents ?? []) {
      if (Key !== undefined && Key !== setupNotification)
        yield { messageId: idOf(Key), storedAt: milliseconds(LastModified?.getTime() ?? 0) };
    }
    token = page.NextContinuationToken;
  } while (token !== undefined);
}
