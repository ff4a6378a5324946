import {
  BatchGetCommand,
  type DynamoDBDocumentClient,
  PutCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import type { Address } from '../../../schema/src/text/address.ts';
import { plus, type Seconds } from '../../../schema/src/text/time.ts';
import { keepTime, type Ledger } from '../delivery/ledger.ts';
import { inParallel } from '../routing/inParallel.ts';
import { applies, type Item } from './documents.ts';

interface ReachedDestinations {
  among: Ledger['reached'];
  note(destination: Address, now: Seconds): Promise<unknown>;
  /** It bounced. */
  forget(destination: string): Promise<unknown>;
}

/** The hash key of the rows in the Deliveries table that are about a destination, and not about a mail. */
const messageId = '#reached';
/** What BatchGetItem takes (AWS quota). */
const batchSize = 100;
const batchesAtOnce = 10;
/** Tries at keys that a BatchGetItem left unread. */
const tries = 4;

/**
 * The destinations that SES took mail for, one row each with `reachedAt` and an expiry, whatever alias led there: by their
 * keys 500 are read in five requests.
 */
export function reachedDestinations(client: DynamoDBDocumentClient, table: string): ReachedDestinations {
  return {
    async among(destinations, now) {
      const reached = new Set<Address>();
      const starts = Array.from(
        { length: Math.ceil(destinations.length / batchSize) },
        (_, n) => n * batchSize,
      );
      await inParallel(starts, batchesAtOnce, async (start) => {
        const wanted = destinations.slice(start, start + batchSize);
        const items = await readItems(client, table, wanted);
        for (const destination of wanted) {
          const item = items.find((one) => one.destination === destination);
          if (item?.reachedAt !== undefined && Number(item.expiresAt) > now) reached.add(destination);
        }
      });
      return reached;
    },
    note: (destination, now) =>
      client.send(
        new PutCommand({
          TableName: table,
          Item: { messageId, destination, reachedAt: now, expiresAt: plus(now, keepTime) },
        }),
      ),
    forget: (destination) =>
      applies(
        client.send(
          new UpdateCommand({
            TableName: table,
            Key: { messageId, destination },
            UpdateExpression: 'REMOVE reachedAt',
            ConditionExpression: 'attribute_exists(messageId)',
          }),
        ),
      ),
  };
}

/** What stays unread after some tries counts as not reached: it waits. */
async function readItems(
  client: DynamoDBDocumentClient,
  table: string,
  destinations: readonly Address[],
): Promise<readonly Item[]> {
  const items: Item[] = [];
  let keys: Record<string, unknown>[] = destinations.map((destination) => ({ messageId, destination }));
  for (let attempt = 0; attempt < tries && keys.length > 0; attempt += 1) {
    const { Responses, UnprocessedKeys } = await client.send(
      new BatchGetCommand({ RequestItems: { [table]: { Keys: keys } } }),
    );
    items.push(...(Responses?.[table] ?? []));
    keys = UnprocessedKeys?.[table]?.Keys ?? [];
  }
  return items;
}
