import { DescribeTableCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';

/** The ARN of a topic beside a table: same partition, region and account. Throws when the table is not there. */
export async function topicArns(dynamodb: DynamoDBClient, table: string): Promise<(topic: string) => string> {
  const { Table } = await dynamodb.send(new DescribeTableCommand({ TableName: table }));
  const [, partition = 'aws', , region = '', account = ''] = (Table?.TableArn ?? '').split(':');
  return (topic) => `arn:${partition}:sns:${region}:${account}:${topic}`;
}
