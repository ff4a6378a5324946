import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';

/** HTTP requests to DynamoDB so far, repeats included. */
export interface Requests {
  readonly reads: number;
  readonly writes: number;
}

const writing: ReadonlySet<string> = new Set([
  'TransactWriteItemsCommand',
  'PutItemCommand',
  'UpdateItemCommand',
  'DeleteItemCommand',
  'BatchWriteItemCommand',
]);

/** Counts each request of a client, and gives the counts when asked. */
export function countRequests(client: DynamoDBClient): () => Requests {
  const counts = { reads: 0, writes: 0 };
  client.middlewareStack.add(
    (next, context) => (args) => {
      counts[writing.has(context.commandName ?? '') ? 'writes' : 'reads'] += 1;
      return next(args);
    },
    { step: 'deserialize', priority: 'low' },
  );
  return () => ({ ...counts });
}
