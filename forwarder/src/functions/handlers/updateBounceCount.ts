import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { blockOf } from '../../../../schema/src/records/blocks.ts';
import type { BounceRow } from '../../../../schema/src/records/bounceRow.ts';
import type { AliasRow } from '../../../../schema/src/records/records.ts';
import { type Milliseconds, toSeconds } from '../../../../schema/src/text/time.ts';
import { nameOf } from '../../delivery/fault.ts';
import type { Telemetry } from '../../delivery/telemetry.ts';

export interface CountPorts {
  readonly bounces: { of(destination: string): Promise<BounceRow[]> };
  readonly aliases: {
    leadingTo(destination: string): Promise<AliasRow[]>;
    setBounces(row: AliasRow, before: number, after: number): Promise<boolean>;
  };
  readonly telemetry: Telemetry;
  readonly clock: () => Milliseconds;
}

/**
 * The stream of Bounces, removals by TTL included: recounts each destination once per batch. What fails is reported, so
 * that the stream repeats it.
 */
export function createUpdateBounceCount(ports: CountPorts, options: { readonly softBounceLimit: number }) {
  return async (event: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> => {
    const failed: DynamoDBRecord[] = [];
    const byDestination = Map.groupBy(event.Records, ({ dynamodb }) => dynamodb?.Keys?.destination?.S ?? '');
    for (const [destination, records] of byDestination) {
      if (destination === '') continue;
      try {
        await recount(destination, ports, options.softBounceLimit);
      } catch (error) {
        ports.telemetry.alarm('Bounces could not be counted', { reason: nameOf(error) });
        failed.push(...records.slice(0, 1));
      }
    }
    return {
      batchItemFailures: failed.map(({ dynamodb }) => ({ itemIdentifier: dynamodb?.SequenceNumber ?? '' })),
    };
  };
}

async function recount(destination: string, ports: CountPorts, softLimit: number): Promise<void> {
  const now = toSeconds(ports.clock());
  const { count } = blockOf(await ports.bounces.of(destination), now, softLimit);
  const rows = await ports.aliases.leadingTo(destination);
  for (const row of rows) {
    // The index lags: where the row has another count by now, a later record or the next build sees to it.
    if (row.bounces !== count) await ports.aliases.setBounces(row, row.bounces, count);
  }
  ports.telemetry.say('counted', { bounces: count, rows: rows.length });
}
