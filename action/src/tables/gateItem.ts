import { type Gate, gateKey } from '../../../schema/src/records/gate.ts';
import type { GateStep } from '../sync/apply.ts';
import type { WriteItem } from './writeItem.ts';

/** The first action of every transaction of a sync: a run whose gate another has taken writes nothing more. */
export function gateItem({ before, after }: GateStep, domainsTable: string): WriteItem {
  const Key = { domain: gateKey };
  if (before === after) return { ConditionCheck: { TableName: domainsTable, Key, ...stillIs(before) } };
  return { Put: { TableName: domainsTable, Item: { ...Key, ...after }, ...stillIs(before) } };
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
