import { setTimeout as delay } from 'node:timers/promises';
import type { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams';
import type { Lambda } from '../lambda/lambda.ts';
import type { Place } from '../template/resourceNames.ts';
import { type Mapping, matches } from './mappings.ts';
import { openStream, type StreamReader, type StreamRecord, streamRecord } from './streamReader.ts';

interface Streams {
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

interface DeliveryOptions {
  readonly lambda: Lambda;
  /** Told of every batch that was given up. */
  readonly onFailure: (mapping: Mapping, records: readonly StreamRecord[]) => void;
  /** How long to wait before a failed batch is tried again. */
  readonly retryDelayMs: number;
}

/**
 * Brings records to the mapping's function, at most `batchSize` at once, in order: what fails is tried again before
 * anything later is, in halves if the mapping says so, and given up after its retries.
 */
export async function deliverBatch(
  mapping: Mapping,
  records: readonly StreamRecord[],
  options: DeliveryOptions,
  signal: AbortSignal,
): Promise<void> {
  for (let from = 0; from < records.length; from += mapping.batchSize)
    await insist(mapping, records.slice(from, from + mapping.batchSize), 0, options, signal);
}

async function insist(
  mapping: Mapping,
  records: readonly StreamRecord[],
  attempt: number,
  options: DeliveryOptions,
  signal: AbortSignal,
): Promise<void> {
  const outcome = await options.lambda.invoke(mapping.functionName, { Records: records });
  const failed = 'answer' in outcome ? unprocessed(mapping, records, outcome.answer) : records;
  if (failed.length === 0) return;
  if (attempt >= mapping.retries) {
    options.onFailure(mapping, failed);
    return;
  }
  await delay(options.retryDelayMs, undefined, { signal }).catch(() => {});
  if (signal.aborted) return;
  const half = Math.ceil(failed.length / 2);
  const parts = mapping.bisects && failed.length > 1 ? [failed.slice(0, half), failed.slice(half)] : [failed];
  for (const part of parts) await insist(mapping, part, attempt + 1, options, signal);
}

/** With ReportBatchItemFailures, everything from the first record that the answer names. */
function unprocessed(
  mapping: Mapping,
  records: readonly StreamRecord[],
  answer: string,
): readonly StreamRecord[] {
  if (!mapping.reportsItemFailures) return [];
  const { batchItemFailures = [] } = (JSON.parse(answer) ?? {}) as {
    readonly batchItemFailures?: readonly { readonly itemIdentifier: string }[];
  };
  if (batchItemFailures.length === 0) return [];
  const named = new Set(batchItemFailures.map((failure) => failure.itemIdentifier));
  const first = records.findIndex((record) => named.has(record.dynamodb.SequenceNumber));
  // An identifier that is none of the batch's fails the whole batch.
  return records.slice(Math.max(0, first));
}
