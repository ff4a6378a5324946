import { type DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import { type DomainRecord, isBookkeeping, readDomain, type Stored } from '../../../schema/src/records.ts';
import { scanAll } from './pages.ts';

export interface DomainsTable {
  /** All managed domains and alias domains, without the bookkeeping rows. */
  readAll(): Promise<Stored<DomainRecord>[]>;
  read(domain: string): Promise<DomainRecord | undefined>;
}

/** The Domains table: a row a managed domain, and a row with `aliasfor` an alias domain. */
export function domainsTable(client: DynamoDBDocumentClient, table: string): DomainsTable {
  return {
    async readAll() {
      const rows = (await scanAll(client, table)).map(readDomain);
      return rows.filter(({ record }) => record.domain !== '' && !isBookkeeping(record.domain));
    },
    async read(domain) {
      const { Item } = await client.send(
        new GetCommand({ TableName: table, Key: { domain }, ConsistentRead: true }),
      );
      return Item === undefined ? undefined : readDomain(Item).record;
    },
  };
}
