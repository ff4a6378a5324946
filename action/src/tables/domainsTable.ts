import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { type DomainRecord, isBookkeeping, readDomain, type Stored } from '../../../schema/src/records.ts';
import { readMark, type SyncMark, syncKey } from '../sync/syncMark.ts';
import type { Clock } from './retry.ts';
import { scan } from './scan.ts';

export interface DomainsTable {
  readonly domains: readonly Stored<DomainRecord>[];
  readonly mark: SyncMark | undefined;
}

/** All domains as they stand, and the mark of the last sync, which lies beside them. */
export async function readDomainsTable(
  client: DynamoDBDocumentClient,
  table: string,
  clock: Clock,
): Promise<DomainsTable> {
  const domains: Stored<DomainRecord>[] = [];
  let mark: SyncMark | undefined;
  for await (const item of scan(client, table, clock)) {
    const row = readDomain(item);
    if (row.key.domain === syncKey) mark = readMark(item);
    if (!isBookkeeping(row.key.domain)) domains.push(row);
  }
  return { domains, mark };
}
