import { CreateTableCommand, type Projection } from '@aws-sdk/client-dynamodb';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { observeTables } from '../../forwarder/src/account/observeTables.ts';
import { namesOf } from '../../schema/src/stage/stage.ts';
import { startTables, type TablesServer } from '../tablesFixture.ts';

let server: TablesServer;
beforeAll(async () => {
  server = await startTables();
});
afterAll(() => server.stop());

it.each<[string, Projection | undefined, string | undefined]>([
  ['there is no index by destination', undefined, 'destinationIndex'],
  ['it has keys alone', { ProjectionType: 'KEYS_ONLY' }, 'destinationIndex'],
  [
    'it has other attributes, as in older versions of the reference',
    { ProjectionType: 'INCLUDE', NonKeyAttributes: ['domain'] },
    'destinationIndex',
  ],
  ['it has the count', { ProjectionType: 'INCLUDE', NonKeyAttributes: ['bounces'] }, undefined],
  ['it has all', { ProjectionType: 'ALL' }, undefined],
])(
  'looks whether bounces can be counted in an Aliases table of others: %s',
  async (what, given, expected) => {
    const aliases = `aliases-${what.length}`;
    await server.client.send(
      new CreateTableCommand({
        TableName: aliases,
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: ['alias', 'destination'].map((AttributeName) => ({
          AttributeName,
          AttributeType: 'S',
        })),
        KeySchema: [
          { AttributeName: 'alias', KeyType: 'HASH' },
          { AttributeName: 'destination', KeyType: 'RANGE' },
        ],
        ...(given === undefined
          ? {}
          : {
              GlobalSecondaryIndexes: [
                {
                  IndexName: 'destinationIndex',
                  KeySchema: [{ AttributeName: 'destination', KeyType: 'HASH' }],
                  Projection: given,
                },
              ],
            }),
      }),
    );
    const lambda = new LambdaClient({ region: 'eu-west-1' });
    const found = await observeTables(
      { dynamodb: server.client, lambda },
      namesOf('test', { names: { aliases } }),
    );
    expect(found.find(({ name }) => name === aliases)?.blindIndex).toBe(expected);
  },
);
