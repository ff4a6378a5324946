import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { buildKey, type Gate, gateKey, readGate } from '../../../schema/src/records/gate.ts';
import { isLiveOnly } from '../../../schema/src/records/live.ts';
import {
  type DomainRecord,
  isBookkeeping,
  readDomain,
  type Stored,
} from '../../../schema/src/records/records.ts';
import { publishedBy } from './buildRow.ts';
import type { Clock } from './retry.ts';
import { scan } from './scan.ts';

export interface DomainsTable {
  readonly domains: readonly Stored<DomainRecord>[];
  readonly gate: Gate | undefined;
  /** The number of the gate that the last finished build saw. */
  readonly published: number;
}

/** All domains as they stand, and beside them how far the last sync and the last build came. */
export async function readDomainsTable(
  client: DynamoDBDocumentClient,
  table: string,
  clock: Clock,
): Promise<DomainsTable> {
  const domains: Stored<DomainRecord>[] = [];
  let gate: Gate | undefined;
  let published = 0;
  for await (const item of scan(client, table, clock)) {
    const row = readDomain(item);
    if (row.key.domain === gateKey) gate = readGate(item);
    if (row.key.domain === buildKey) published = publishedBy(item);
    if (!isBookkeeping(row.key.domain) && !isLiveOnly(item)) domains.push(row);
  }
  return { domains, gate, published };
}
