import { type DynamoDBDocumentClient, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { type Gate, gateKey } from '../../../schema/src/records/gate.ts';
import { type RollChange, rollItem, rollKey } from '../../../schema/src/records/roll.ts';
import type { Change, Table } from '../plan/change.ts';
import type { ChangeWriter, GateStep, Stop } from '../sync/apply.ts';
import { type Clock, failedConditions, retry } from '../sync/fault.ts';
import { type WriteItem, writeItem } from './writeItem.ts';

export interface ChangeTables extends Record<Table, string> {}

/** Writes by TransactWriteItems: up to 100 actions, all or none (AWS quota). The first is the gate's, the last are rolls. */
export function changeWriter(
  client: DynamoDBDocumentClient,
  tables: ChangeTables,
  clock: Clock,
): ChangeWriter {
  return {
    async write({ changes, rolls }, gate, token) {
      const command = new TransactWriteCommand({
        ClientRequestToken: token,
        TransactItems: [
          gateItem(gate, tables.domains),
          ...changes.map((change) => writeItem(change, tables[change.table])),
          ...rolls.map((change) => rollWrite(change, tables.domains)),
        ],
      });
      try {
        await retry(() => client.send(command), clock);
        return undefined;
      } catch (error) {
        const stop = stopOf(failedConditions(error), changes);
        if (stop === undefined) throw error;
        return stop;
      }
    },
  };
}

function stopOf(failed: readonly number[], changes: readonly Change[]): Stop | undefined {
  if (failed.length === 0) return undefined;
  if (failed.includes(0)) return { reason: 'other-run' };
  return { reason: 'conflict', rows: failed.flatMap((place) => changes[place - 1] ?? []) };
}

/** The first action of every transaction of a sync: a run whose gate another has taken writes nothing more. */
export function gateItem({ before, after }: GateStep, domainsTable: string): WriteItem {
  const Key = { domain: gateKey };
  if (before === after) return { ConditionCheck: { TableName: domainsTable, Key, ...stillIs(before) } };
  return { Put: { TableName: domainsTable, Item: { ...Key, ...after }, ...stillIs(before) } };
}

/** Unconditional: the gate's condition holds for all of a transaction. */
function rollWrite({ domain, roll }: RollChange, TableName: string): WriteItem {
  if (roll === undefined) return { Delete: { TableName, Key: { domain: rollKey(domain) } } };
  return { Put: { TableName, Item: rollItem(domain, roll) } };
}

interface Condition {
  readonly ConditionExpression: string;
  readonly ExpressionAttributeNames: Record<string, string>;
  readonly ExpressionAttributeValues?: Record<string, unknown>;
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
