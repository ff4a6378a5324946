import { type DynamoDBDocumentClient, GetCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { buildKey, type Gate, gateKey, readGate } from '../../../schema/src/records/gate.ts';
import { isLiveOnly } from '../../../schema/src/records/live.ts';
import {
  type Definition,
  type DomainRecord,
  isBookkeeping,
  readDefinition,
  readDomain,
  type Stored,
} from '../../../schema/src/records/records.ts';
import { type Roll, readRoll } from '../../../schema/src/records/roll.ts';
import { type Clock, retry } from '../sync/fault.ts';

export type Item = Readonly<Record<string, unknown>>;

/** Every item of a table, read consistently over all its pages. */
export async function* scan(
  client: DynamoDBDocumentClient,
  table: string,
  clock: Clock,
): AsyncGenerator<Item> {
  let from: Record<string, unknown> | undefined;
  do {
    const page = await retry(
      () => client.send(new ScanCommand({ TableName: table, ConsistentRead: true, ExclusiveStartKey: from })),
      clock,
    );
    yield* page.Items ?? [];
    from = page.LastEvaluatedKey;
  } while (from !== undefined);
}

/** All definitions as they stand, in the order of the table. */
export async function readDefinitionsTable(
  client: DynamoDBDocumentClient,
  table: string,
  clock: Clock,
): Promise<Stored<Definition>[]> {
  const rows: Stored<Definition>[] = [];
  for await (const item of scan(client, table, clock)) {
    const row = readDefinition(item);
    if (!isBookkeeping(row.key.domain)) rows.push(row);
  }
  return rows;
}

export interface DomainsTable {
  readonly domains: readonly Stored<DomainRecord>[];
  readonly gate: Gate | undefined;
  /** The number of the gate that the last finished build saw. */
  readonly published: number;
  readonly rolls: ReadonlyMap<string, Roll>;
}

/** All domains as they stand, and beside them how far the last sync and the last build came. */
export async function readDomainsTable(
  client: DynamoDBDocumentClient,
  table: string,
  clock: Clock,
): Promise<DomainsTable> {
  const domains: Stored<DomainRecord>[] = [];
  const rolls = new Map<string, Roll>();
  let gate: Gate | undefined;
  let published = 0;
  for await (const item of scan(client, table, clock)) {
    const row = readDomain(item);
    if (row.key.domain === gateKey) gate = readGate(item);
    if (row.key.domain === buildKey) published = publishedBy(item);
    const roll = readRoll(item);
    if (roll !== undefined) rolls.set(...roll);
    if (!isBookkeeping(row.key.domain) && !isLiveOnly(item)) domains.push(row);
  }
  return { domains, gate, published, rolls };
}

/** The row `#build` of the Domains table, as far as it says what is live. */
export interface BuildRow {
  /** The number of the gate that the last finished build saw and published; 0 where there was none. */
  published(): Promise<number>;
}

export function buildRow(client: DynamoDBDocumentClient, domainsTable: string, clock: Clock): BuildRow {
  const command = new GetCommand({
    TableName: domainsTable,
    Key: { domain: buildKey },
    ConsistentRead: true,
  });
  return { published: async () => publishedBy((await retry(() => client.send(command), clock)).Item) };
}

export function publishedBy(item: Readonly<Record<string, unknown>> | undefined): number {
  return Number(item?.number) || 0;
}
