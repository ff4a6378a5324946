import { type DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import { buildKey } from '../../../schema/src/records/gate.ts';
import { type Clock, retry } from './retry.ts';

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
