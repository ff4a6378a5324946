import { type DynamoDBDocumentClient, GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { buildKey, type Gate, gateKey, readGate } from '../../../schema/src/records/gate.ts';
import { isLiveOnly, readLive } from '../../../schema/src/records/live.ts';
import { type AliasRow, readDomain } from '../../../schema/src/records/records.ts';
import { type Address, parseAddress } from '../../../schema/src/text/address.ts';
import type { RoutingTables } from '../routing/lookup.ts';
import { type Item, queryAll } from './documents.ts';

/** What mail reads of the Domains table, each row by its key; builds write it. */
export function publishedDomains(
  client: DynamoDBDocumentClient,
  table: string,
): RoutingTables['domains'] & { gate(): Promise<Gate | undefined> } {
  const read = async (domain: string): Promise<Item | undefined> => {
    const command = new GetCommand({ TableName: table, Key: { domain }, ConsistentRead: true });
    return (await client.send(command)).Item;
  };
  return {
    gate: async () => readGate(await read(gateKey)),
    live: async (domain) => readLive(await read(domain)),
    async awaitsBuild(domain) {
      const [build, row] = await Promise.all([read(buildKey), read(domain)]);
      return build?.number === undefined || isDeclaredByOthers(row);
    },
  };
}

/** Rows of ours that come with a sync are no domains before they are published. */
function isDeclaredByOthers(row: Item | undefined): boolean {
  return row !== undefined && !isLiveOnly(row) && readDomain(row).provenance === 'foreign';
}

/** What mail reads of the Aliases table: destinations are parsed here, and are addresses from here to SES. */
export function aliasRows(client: DynamoDBDocumentClient, table: string): RoutingTables['aliases'] {
  return {
    async of(alias) {
      const items = await queryAll(client, {
        TableName: table,
        KeyConditionExpression: '#alias = :alias',
        ExpressionAttributeNames: { '#alias': 'alias' },
        ExpressionAttributeValues: { ':alias': alias },
        ConsistentRead: true,
      });
      return items.map((item) => withParsedDestination(readAliasRow(item)));
    },
    async areAt(domain) {
      const { Items = [] } = await client.send(
        new QueryCommand({
          TableName: table,
          IndexName: 'domainUpdatedAtIndex',
          KeyConditionExpression: '#domain = :domain',
          ExpressionAttributeNames: { '#domain': 'domain' },
          ExpressionAttributeValues: { ':domain': domain },
          Limit: 1,
        }),
      );
      return Items.length > 0;
    },
  };
}

/** What somebody wrote by hand and is no address goes to SES as it is: refused there, the sender is told. */
function withParsedDestination(row: AliasRow): AliasRow {
  return { ...row, destination: parseAddress(row.destination).value ?? row.destination };
}

/** Keys stay as they are stored, so that a row written by hand can be matched, and removed. */
export function readAliasRow(item: Item): AliasRow {
  return {
    alias: String(item.alias) as Address,
    destination: String(item.destination) as Address,
    domain: typeof item.domain === 'string' ? item.domain : '',
    updatedAt: Number(item.updatedAt) || 0,
    bounces: Number(item.bounces) || 0,
    ...(typeof item.expires === 'string' ? { expires: item.expires } : {}),
  };
}
