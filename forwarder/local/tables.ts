import {
  CreateTableCommand,
  type CreateTableCommandInput,
  type DynamoDBClient,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import type { Stack } from './template/stack.ts';

type TableProperties = Omit<CreateTableCommandInput, 'StreamSpecification'> & {
  /** A stream is on when this is there: CloudFormation has no switch of its own. */
  readonly StreamSpecification?: { readonly StreamViewType: 'NEW_AND_OLD_IMAGES' };
  readonly TimeToLiveSpecification?: { readonly AttributeName: string; readonly Enabled: boolean };
};

/** Creates the stack's tables with their indexes, streams and TTL settings. */
export async function createTables(client: DynamoDBClient, stack: Stack): Promise<void> {
  const tables = stack.ofType<TableProperties>('AWS::DynamoDB::Table');
  await Promise.all(tables.map((table) => createTable(client, table.name, table.properties)));
}

async function createTable(client: DynamoDBClient, name: string, table: TableProperties): Promise<void> {
  const stream = table.StreamSpecification;
  await client.send(
    new CreateTableCommand({
      TableName: name,
      BillingMode: table.BillingMode ?? 'PAY_PER_REQUEST',
      AttributeDefinitions: table.AttributeDefinitions,
      KeySchema: table.KeySchema,
      GlobalSecondaryIndexes: table.GlobalSecondaryIndexes,
      LocalSecondaryIndexes: table.LocalSecondaryIndexes,
      StreamSpecification: stream && { StreamEnabled: true, StreamViewType: stream.StreamViewType },
    }),
  );
  if (table.TimeToLiveSpecification)
    await client.send(
      new UpdateTimeToLiveCommand({
        TableName: name,
        TimeToLiveSpecification: table.TimeToLiveSpecification,
      }),
    );
}
