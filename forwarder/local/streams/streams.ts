import { setTimeout as delay } from 'node:timers/promises';
import type { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams';
import type { Place } from '../template/names.ts';
import { type DeliveryOptions, deliverBatch } from './batch.ts';
import type { Mapping } from './mappings.ts';
import { matches } from './pattern.ts';
import { openStream, type StreamReader } from './reader.ts';
import { type StreamRecord, streamRecord } from './record.ts';

export interface Streams {
  stop(): Promise<void>;
}

interface StreamsOptions extends DeliveryOptions {
  readonly client: DynamoDBStreamsClient;
  readonly place: Place;
}

const pollMs = 100;

/** Follows the streams of the mappings and invokes their functions, until it is stopped. */
export async function followStreams(mappings: readonly Mapping[], options: StreamsOptions): Promise<Streams> {
  const stopping = new AbortController();
  const readers = await Promise.all(mappings.map((mapping) => openStream(options.client, mapping.table)));
  const following = mappings.map((mapping, index) =>
    follow(mapping, readers[index] as StreamReader, options, stopping.signal),
  );
  return {
    stop: async () => {
      stopping.abort();
      await Promise.all(following);
    },
  };
}

async function follow(
  mapping: Mapping,
  reader: StreamReader,
  options: StreamsOptions,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    const batch = await gather(mapping, reader, options.place, signal);
    if (batch.length > 0 && !signal.aborted) await deliverBatch(mapping, batch, options, signal);
  }
}

/** Reads until the batch is full or the window, which the first record opens, is over. */
async function gather(
  mapping: Mapping,
  reader: StreamReader,
  place: Place,
  signal: AbortSignal,
): Promise<readonly StreamRecord[]> {
  const batch: StreamRecord[] = [];
  let closes = Number.POSITIVE_INFINITY;
  while (!signal.aborted && batch.length < mapping.batchSize && Date.now() < closes) {
    const records = (await reader.read()).map((record) => streamRecord(record, place, mapping.table));
    const wanted = records.filter(
      (record) =>
        mapping.patterns.length === 0 || mapping.patterns.some((pattern) => matches(record, pattern)),
    );
    if (batch.length === 0 && wanted.length > 0) closes = Date.now() + mapping.windowMs;
    batch.push(...wanted);
    if (Date.now() < closes) await delay(pollMs, undefined, { signal }).catch(() => {});
  }
  return batch;
}
