import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { QueueLease } from '../delivery/queueLease.ts';
import { leaseRow } from './leaseRow.ts';

/** The row of the Deliveries table that says who works off the queue. */
export function queueLease(client: DynamoDBDocumentClient, table: string): QueueLease {
  const row = { TableName: table, Key: { messageId: '#account', destination: '#queue' } };
  return leaseRow(client, row, 'workedAt');
}
