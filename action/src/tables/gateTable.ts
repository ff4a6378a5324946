import { type DynamoDBDocumentClient, GetCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { buildKey, type Gate, gateKey } from '../../../schema/src/gate.ts';
import type { GateWriter } from '../apply/apply.ts';
import { faultOf } from './passing.ts';
import { type Clock, retry } from './retry.ts';

export interface GateTable extends GateWriter {
  /** The number of the gate that the last finished build saw and published; 0 where there was none. */
  published(): Promise<number>;
}

/** The rows `#sync` and `#build` of the Domains table. */
export function gateTable(client: DynamoDBDocumentClient, domainsTable: string, clock: Clock): GateTable {
  return {
    async write(next, previous, token) {
      // A transaction of one write, for its token: two runs may write the same words, and only one is to go on.
      const command = new TransactWriteCommand({
        ClientRequestToken: token,
        TransactItems: [
          { Put: { TableName: domainsTable, Item: { domain: gateKey, ...next }, ...stillIs(previous) } },
        ],
      });
      try {
        await retry(() => client.send(command), clock);
        return true;
      } catch (error) {
        if (faultOf(error) === 'condition') return false;
        throw error;
      }
    },
    async published() {
      const Key = { domain: buildKey };
      const command = new GetCommand({ TableName: domainsTable, Key, ConsistentRead: true });
      const { Item } = await retry(() => client.send(command), clock);
      return publishedBy(Item);
    },
  };
}

export function publishedBy(build: Readonly<Record<string, unknown>> | undefined): number {
  return Number(build?.number) || 0;
}

interface Condition {
  readonly ConditionExpression: string;
  readonly ExpressionAttributeNames: Readonly<Record<string, string>>;
  readonly ExpressionAttributeValues?: Readonly<Record<string, unknown>>;
}

/** The first action of every transaction of a sync: a run whose gate another has taken writes nothing more. */
export function isOpen({ number }: Gate): Condition {
  return {
    ConditionExpression: '#state = :open AND #number = :number',
    ExpressionAttributeNames: { '#state': 'state', '#number': 'number' },
    ExpressionAttributeValues: { ':open': 'open', ':number': number },
  };
}

/** Rows of an earlier version have no number, and are open as `started`. */
function stillIs(gate: Gate | undefined): Condition {
  if (gate === undefined) {
    return {
      ConditionExpression: 'attribute_not_exists(#domain)',
      ExpressionAttributeNames: { '#domain': 'domain' },
    };
  }
  const state = '#state IN (:open, :started)';
  const number = gate.number === 0 ? 'attribute_not_exists(#number)' : '#number = :number';
  return {
    ConditionExpression: `attribute_exists(#domain) AND ${number} AND ${gate.state === 'open' ? state : `NOT ${state}`}`,
    ExpressionAttributeNames: { '#domain': 'domain', '#number': 'number', '#state': 'state' },
    ExpressionAttributeValues: {
      ':open': 'open',
      ':started': 'started',
      ...(gate.number === 0 ? {} : { ':number': gate.number }),
    },
  };
}
