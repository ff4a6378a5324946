import { type DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { plus, type Seconds, seconds } from '../../../schema/src/text/time.ts';
import type { AnswerPorts } from '../delivery/answer.ts';
import { applies } from './documents.ts';

const hour = 3_600;
/** The count of an hour says nothing afterwards. */
const kept = seconds(86_400);

/** Rows of the Deliveries table that count an hour's answers. */
export function hourlyAnswers(client: DynamoDBDocumentClient, table: string): AnswerPorts['answers'] {
  return {
    allow: (now: Seconds, limit: number) =>
      applies(
        client.send(
          new UpdateCommand({
            TableName: table,
            Key: { messageId: '#account', destination: `#answers-${Math.floor(now / hour)}` },
            UpdateExpression: 'SET expiresAt = :expiry ADD answers :one',
            ConditionExpression: 'attribute_not_exists(answers) OR answers < :limit',
            ExpressionAttributeValues: { ':one': 1, ':limit': limit, ':expiry': plus(now, kept) },
          }),
        ),
      ),
  };
}
