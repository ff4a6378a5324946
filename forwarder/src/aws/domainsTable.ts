import {
  DeleteCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  UpdateCommand,
  type UpdateCommandInput,
} from '@aws-sdk/lib-dynamodb';
import { buildKey, type Gate, gateKey, readGate } from '../../../schema/src/records/gate.ts';
import { isLiveOnly, type Live, readLive } from '../../../schema/src/records/live.ts';
import {
  type DomainRecord,
  isBookkeeping,
  readDomain,
  type Stored,
} from '../../../schema/src/records/records.ts';
import { applies } from './conditions.ts';
import { type Item, scanAll } from './pages.ts';

export interface DomainsTable {
  /** All rows of managed domains and alias domains, also those that only carry `live`. */
  readAll(): Promise<Stored<DomainRecord>[]>;
  /** The gate of the syncs; undefined where none has ever run. */
  gate(): Promise<Gate | undefined>;
  live(domain: string): Promise<Live | undefined>;
  /**
   * Whether a domain of which nothing is published may be ours all the same: no build of this version has ended yet, or
   * somebody else wrote its row. Rows of ours that come with a sync are no domains before they are published.
   */
  awaitsBuild(domain: string): Promise<boolean>;
  /** Publishes a domain: on its row, or on one that only carries this where the domain has none. */
  publish(domain: string, live: Live): Promise<void>;
  /** Takes `live` from a domain, and its row too where that carried nothing else. */
  withdraw(domain: string): Promise<void>;
}

/** The Domains table: a row a managed domain, a row with `aliasfor` an alias domain, and the rows of bookkeeping. */
export function domainsTable(client: DynamoDBDocumentClient, table: string): DomainsTable {
  const read = async (domain: string): Promise<Item | undefined> => {
    const command = new GetCommand({ TableName: table, Key: { domain }, ConsistentRead: true });
    return (await client.send(command)).Item;
  };
  const update = (domain: string, input: Omit<UpdateCommandInput, 'TableName' | 'Key'>) =>
    applies(client.send(new UpdateCommand({ TableName: table, Key: { domain }, ...input })));
  return {
    async readAll() {
      const rows = (await scanAll(client, table)).map(readDomain);
      return rows.filter(({ record }) => record.domain !== '' && !isBookkeeping(record.domain));
    },
    gate: async () => readGate(await read(gateKey)),
    live: async (domain) => readLive(await read(domain)),
    async awaitsBuild(domain) {
      const [build, row] = await Promise.all([read(buildKey), read(domain)]);
      return build?.number === undefined || isDeclaredByOthers(row);
    },
    async publish(domain, live) {
      const values = { ':live': live };
      const onRow = () =>
        update(domain, {
          UpdateExpression: 'SET #live = :live',
          ConditionExpression: 'attribute_exists(#domain)',
          ExpressionAttributeNames: { '#domain': 'domain', '#live': 'live' },
          ExpressionAttributeValues: values,
        });
      const onNewRow = () =>
        update(domain, {
          UpdateExpression: 'SET #live = :live, liveOnly = :yes',
          ConditionExpression: 'attribute_not_exists(#domain)',
          ExpressionAttributeNames: { '#domain': 'domain', '#live': 'live' },
          ExpressionAttributeValues: { ...values, ':yes': true },
        });
      // A sync may make the row, or take it, in between.
      const isPublished = (await onRow()) || (await onNewRow()) || (await onRow());
      if (!isPublished) throw new Error('The row of a domain came and went: the next build publishes it.');
    },
    async withdraw(domain) {
      const isGone = await applies(
        client.send(
          new DeleteCommand({
            TableName: table,
            Key: { domain },
            ConditionExpression: 'liveOnly = :yes',
            ExpressionAttributeValues: { ':yes': true },
          }),
        ),
      );
      if (isGone) return;
      await update(domain, {
        UpdateExpression: 'REMOVE #live',
        ConditionExpression: 'attribute_exists(#domain)',
        ExpressionAttributeNames: { '#domain': 'domain', '#live': 'live' },
      });
    },
  };
}

function isDeclaredByOthers(row: Item | undefined): boolean {
  return row !== undefined && !isLiveOnly(row) && readDomain(row).provenance === 'foreign';
}
