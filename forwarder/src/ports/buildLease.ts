import { type DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { BuildLease } from '../routing/lease.ts';
import { applies } from './conditions.ts';

/**
 * The row `#build` of the Domains table: `holder`, `until` and `again`, and `builtAt`, when the last build ended. Times are
 * epoch seconds.
 */
export function buildLease(client: DynamoDBDocumentClient, table: string): BuildLease {
  const update = (expression: string, condition: string, values: Record<string, unknown>) =>
    applies(
      client.send(
        new UpdateCommand({
          TableName: table,
          Key: { domain: '#build' },
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
      applies(
        client.send(
          new UpdateCommand({
            TableName: table,
            Key: { domain: '#build' },
            UpdateExpression: 'SET builtAt = :now REMOVE holder, #until',
            ConditionExpression: 'holder = :holder AND attribute_not_exists(again)',
            ExpressionAttributeNames: { '#until': 'until' },
            ExpressionAttributeValues: { ':holder': holder, ':now': now },
          }),
        ),
      ),
    renew: (holder, until) =>
      update('SET #until = :until', 'holder = :holder', { ':holder': holder, ':until': until }),
  };
}
