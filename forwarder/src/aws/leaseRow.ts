import { type DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { Seconds } from '../../../schema/src/text/time.ts';
import { applies } from './documents.ts';

/** A lease of one holder at a time, who can be asked to go on. Times are epoch seconds. */
export interface LeaseRow {
  take(holder: string, now: Seconds, until: Seconds): Promise<boolean>;
  askAgain(now: Seconds): Promise<boolean>;
  release(holder: string, now: Seconds): Promise<boolean>;
  renew(holder: string, until: Seconds): Promise<boolean>;
}

/**
 * A row with `holder`, `until` and `again`, each written on a condition.
 *
 * @param endedAt the attribute that says when a holder ended last
 */
export function leaseRow(
  client: DynamoDBDocumentClient,
  row: { readonly TableName: string; readonly Key: Readonly<Record<string, string>> },
  endedAt: string,
): LeaseRow {
  const update = (expression: string, condition: string, values: Record<string, unknown>) =>
    applies(
      client.send(
        new UpdateCommand({
          ...row,
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
      update(
        `SET ${endedAt} = :now REMOVE holder, #until`,
        'holder = :holder AND attribute_not_exists(again)',
        { ':holder': holder, ':now': now },
      ),
    renew: (holder, until) =>
      update('SET #until = :until', 'holder = :holder', { ':holder': holder, ':until': until }),
  };
}
