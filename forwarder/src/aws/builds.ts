import { InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import { type DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { buildKey } from '../../../schema/src/records/gate.ts';
import type { BuildLease } from '../build/lease.ts';
import { applies } from './documents.ts';

/**
 * The row `#build` of the Domains table: `holder`, `until` and `again`; `number`, the state of the gate that the last
 * build published; and `builtAt`, when a build ended last. Times are epoch seconds.
 */
export function buildLease(client: DynamoDBDocumentClient, table: string): BuildLease {
  const update = (expression: string, condition: string, values: Record<string, unknown>) =>
    applies(
      client.send(
        new UpdateCommand({
          TableName: table,
          Key: { domain: buildKey },
          UpdateExpression: expression,
          ConditionExpression: condition,
          ExpressionAttributeNames: { '#until': 'until' },
          ExpressionAttributeValues: values,
        }),
      ),
    );
  return {
    take: (holder, now, until) =>
      update(
        'SET holder = :holder, #until = :until REMOVE again',
        'attribute_not_exists(holder) OR holder = :holder OR #until < :now',
        { ':holder': holder, ':until': until, ':now': now },
      ),
    askAgain: (now) =>
      update('SET again = :yes', 'attribute_exists(holder) AND #until >= :now', {
        ':yes': true,
        ':now': now,
      }),
    release: (holder, now) =>
      update('SET builtAt = :now REMOVE holder, #until', 'holder = :holder AND attribute_not_exists(again)', {
        ':holder': holder,
        ':now': now,
      }),
    publish: (holder, number) =>
      applies(
        client.send(
          new UpdateCommand({
            TableName: table,
            Key: { domain: buildKey },
            UpdateExpression: 'SET #number = :number',
            ConditionExpression: 'holder = :holder',
            ExpressionAttributeNames: { '#number': 'number' },
            ExpressionAttributeValues: { ':holder': holder, ':number': number },
          }),
        ),
      ),
    renew: (holder, until) =>
      update('SET #until = :until', 'holder = :holder', { ':holder': holder, ':until': until }),
  };
}

/** The function that builds, started as an event: nobody waits for it, and Lambda repeats it when it fails. */
export function buildFunction(client: LambdaClient, name: string): { start(): Promise<void> } {
  return {
    async start() {
      await client.send(
        new InvokeCommand({ FunctionName: name, InvocationType: 'Event', Payload: Buffer.from('{}') }),
      );
    },
  };
}
