import type { TransactWriteCommandInput } from '@aws-sdk/lib-dynamodb';
import { definitionItem, domainItem } from '../../../schema/src/records.ts';
import type { Change, Table } from '../plan/change.ts';

export type WriteItem = NonNullable<TransactWriteCommandInput['TransactItems']>[number];

/** What we write; an update leaves every other attribute of a row as it is. */
const ours: Record<Table, readonly string[]> = {
  definitions: ['destinations', 'type', 'active', 'description', 'owner', 'expires', 'managedBy', 'sum'],
  domains: ['aliasfor', 'filter', 'managedBy', 'sum'],
};

/** A change as one action of a transaction, conditional on what the plan read. */
export function writeItem(change: Change, tableName: string): WriteItem {
  if (change.kind === 'create') {
    return {
      Put: {
        TableName: tableName,
        Item: itemOf(change),
        ConditionExpression: 'attribute_not_exists(#key)',
        ExpressionAttributeNames: { '#key': 'domain' },
      },
    };
  }
  const { item } = change.before;
  const target = { TableName: tableName, Key: { ...change.key } };
  if (change.kind === 'delete') {
    const read = Object.keys(item).filter((name) => !(name in change.key));
    return { Delete: { ...target, ...conditionOn(item, union(ours[change.table], read)) } };
  }
  const condition = conditionOn(item, ours[change.table]);
  const after = itemOf(change);
  const set = ours[change.table].filter((name) => after[name] !== undefined);
  const removed = ours[change.table].filter((name) => after[name] === undefined);
  const assignments = set.map((name) => `#${name} = :after_${name}`).join(', ');
  const removals = removed.map((name) => `#${name}`).join(', ');
  return {
    Update: {
      ...target,
      UpdateExpression: `SET ${assignments}${removals === '' ? '' : ` REMOVE ${removals}`}`,
      ConditionExpression: condition.ConditionExpression,
      ExpressionAttributeNames: condition.ExpressionAttributeNames,
      ExpressionAttributeValues: {
        ...condition.ExpressionAttributeValues,
        ...Object.fromEntries(set.map((name) => [`:after_${name}`, after[name]])),
      },
    },
  };
}

function itemOf(change: Exclude<Change, { kind: 'delete' }>): Record<string, unknown> {
  return change.table === 'definitions' ? definitionItem(change.after) : domainItem(change.after);
}

interface Condition {
  readonly ConditionExpression: string;
  readonly ExpressionAttributeNames: Record<string, string>;
  readonly ExpressionAttributeValues?: Record<string, unknown>;
}

/** Each of these attributes is as it was read, or absent as it was then. */
function conditionOn(item: Readonly<Record<string, unknown>>, attributes: readonly string[]): Condition {
  const terms = ['attribute_exists(#key)'];
  const names: Record<string, string> = { '#key': 'domain' };
  const values: Record<string, unknown> = {};
  for (const [index, name] of attributes.entries()) {
    // Our names are legal in an expression; those that others chose may not be.
    const placeholder =
      ours.definitions.includes(name) || ours.domains.includes(name) ? name : `other${index}`;
    names[`#${placeholder}`] = name;
    if (item[name] === undefined) {
      terms.push(`attribute_not_exists(#${placeholder})`);
    } else {
      terms.push(`#${placeholder} = :before_${placeholder}`);
      values[`:before_${placeholder}`] = item[name];
    }
  }
  return {
    ConditionExpression: terms.join(' AND '),
    ExpressionAttributeNames: names,
    ...(Object.keys(values).length === 0 ? {} : { ExpressionAttributeValues: values }),
  };
}

function union(a: readonly string[], b: readonly string[]): string[] {
  return [...new Set([...a, ...b])];
}
