import {
  type AttributeDefinition,
  CreateTableCommand,
  type DynamoDBClient,
  type GlobalSecondaryIndex,
} from '@aws-sdk/client-dynamodb';

type Kind = 'S' | 'N';
type Key = readonly [name: string, kind: Kind];
interface Shape {
  readonly key: readonly Key[];
  readonly indexes?: Readonly<Record<string, readonly Key[]>>;
}

/** The keys of the five tables, by the name of the setting that names the table. */
const shapes: Readonly<Record<string, Shape>> = {
  DEFINITIONS_TABLE: {
    key: [
      ['domain', 'S'],
      ['alias', 'S'],
    ],
  },
  DOMAINS_TABLE: { key: [['domain', 'S']] },
  ALIASES_TABLE: {
    key: [
      ['alias', 'S'],
      ['destination', 'S'],
    ],
    indexes: {
      domainUpdatedAtIndex: [
        ['domain', 'S'],
        ['updatedAt', 'N'],
      ],
      destinationIndex: [['destination', 'S']],
    },
  },
  BOUNCES_TABLE: {
    key: [
      ['destination', 'S'],
      ['createdAt', 'N'],
    ],
  },
  DELIVERIES_TABLE: {
    key: [
      ['messageId', 'S'],
      ['destination', 'S'],
    ],
    indexes: {
      dueIndex: [
        ['due', 'S'],
        ['nextAttemptAt', 'N'],
      ],
      sesMessageIdIndex: [['sesMessageId', 'S']],
    },
  },
};

/** Creates the tables on a server that has none of them, and returns their names by setting. */
export async function createTables(client: DynamoDBClient): Promise<Record<string, string>> {
  const names: Record<string, string> = {};
  for (const [setting, { key, indexes = {} }] of Object.entries(shapes)) {
    const name = setting.replace('_TABLE', '').toLowerCase();
    names[setting] = name;
    await client.send(
      new CreateTableCommand({
        TableName: name,
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: attributesOf([key, ...Object.values(indexes)].flat()),
        KeySchema: schemaOf(key),
        GlobalSecondaryIndexes:
          Object.keys(indexes).length === 0 ? undefined : Object.entries(indexes).map(indexOf),
      }),
    );
  }
  return names;
}

function attributesOf(keys: readonly Key[]): AttributeDefinition[] {
  return [...new Map(keys)].map(([AttributeName, AttributeType]) => ({ AttributeName, AttributeType }));
}

function schemaOf(key: readonly Key[]) {
  return key.map(([AttributeName], place) => ({
    AttributeName,
    KeyType: place === 0 ? ('HASH' as const) : ('RANGE' as const),
  }));
}

function indexOf([IndexName, key]: [string, readonly Key[]]): GlobalSecondaryIndex {
  return { IndexName, KeySchema: schemaOf(key), Projection: { ProjectionType: 'ALL' } };
}
