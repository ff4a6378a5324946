import { type DynamoDBDocumentClient, GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { type Definition, isBookkeeping, readDefinition, type Stored } from '../../../schema/src/records.ts';
import type { MisspeltKey } from '../routing/misspelt.ts';
import { scanAll } from './pages.ts';

export interface DefinitionsTable {
  /** All definitions, also misspelt ones; rows without a domain or an alias are left out. */
  readAll(): Promise<Stored<Definition>[]>;
  /** The definition under this folded key, or under the way that the last build found it written; read consistently. */
  read(domain: string, alias: string): Promise<Definition | undefined>;
  hasDomain(domain: string): Promise<boolean>;
}

/** The Definitions table: what the synced files say, keyed by `domain` and `alias`. */
export function definitionsTable(
  client: DynamoDBDocumentClient,
  table: string,
  misspelt: { read(): Promise<readonly MisspeltKey[]> },
): DefinitionsTable {
  const readExact = async (domain: string, alias: string) => {
    const { Item } = await client.send(
      new GetCommand({ TableName: table, Key: { domain, alias }, ConsistentRead: true }),
    );
    return Item === undefined ? undefined : readDefinition(Item).record;
  };
  return {
    async readAll() {
      const rows = (await scanAll(client, table)).map(readDefinition);
      return rows.filter(
        ({ record }) => record.domain !== '' && record.alias !== '' && !isBookkeeping(record.domain),
      );
    },
    async read(domain, alias) {
      const exact = await readExact(domain, alias);
      if (exact !== undefined) return exact;
      const found = (await misspelt.read()).find((key) => key.domain === domain && key.alias === alias);
      return found === undefined ? undefined : readExact(found.stored.domain, found.stored.alias);
    },
    async hasDomain(domain) {
      const { Items = [] } = await client.send(
        new QueryCommand({
          TableName: table,
          KeyConditionExpression: '#domain = :domain',
          ExpressionAttributeNames: { '#domain': 'domain' },
          ExpressionAttributeValues: { ':domain': domain },
          ConsistentRead: true,
          Limit: 1,
        }),
      );
      return Items.length > 0;
    },
  };
}
