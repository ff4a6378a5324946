import type { TransactWriteCommandInput } from '@aws-sdk/lib-dynamodb';
import { fieldNames } from '../../../schema/src/records/aliasFields.ts';
import { definitionItem, domainItem } from '../../../schema/src/records/records.ts';
import type { Change, Table } from '../plan/change.ts';

export type WriteItem = NonNullable<TransactWriteCommandInput['TransactItems']>[number];

/** What we write; an update leaves every other attribute of a row as it is. */
const ours: Record<Table, readonly string[]> = {
  definitions: [...fieldNames, 'managedBy', 'sum'],
  domains: ['aliasfor', 'filter', 'managedBy', 'sum'],
};

/**
 * A change as one action of a transaction, conditional on what the plan read. What a build has published on a domain's
 * row (`live`) is never touched and in no condition: mail goes by it until the next build.
 */
export function writeItem(change: Change, tableName: string): WriteItem {
  if (change.kind === 'delete') return deleted(change, tableName);
  const after = itemOf(change);
  if (change.kind === 'create' && change.table === 'definitions') {
    return {
      Put: {
        TableName: tableName,
        Item: after,
        ConditionExpression: 'attribute_not_exists(#key)',
        ExpressionAttributeNames: { '#key': 'domain' },
      },
    };
  }
  const attributes = ours[change.table];
  const condition =
    change.kind === 'create' ? noDomain(attributes) : conditionOn(change.before.item, attributes);
  const set = attributes.filter((name) => after[name] !== undefined);
  const removed = attributes.filter((name) => after[name] === undefined).map((name) => `#${name}`);
  if (change.kind === 'create') removed.push('#liveOnly');
  const assignments = set.map((name) => `#${name} = :after_${name}`).join(', ');
  return {
    Update: {
      TableName: tableName,
      Key: { ...change.key },
      UpdateExpression: `SET ${assignments}${removed.length === 0 ? '' : ` REMOVE ${removed.join(', ')}`}`,
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

/** A domain that is given up keeps a row that says so, and only carries `live`: the next build takes it away. */
function deleted(change: Extract<Change, { kind: 'delete' }>, tableName: string): WriteItem {
  const { table, key } = change;
  const { item } = change.before;
  const read = Object.keys(item).filter(
    (name) => !(name in key) && !(table === 'domains' && name === 'live'),
  );
  const condition = conditionOn(item, [...new Set([...ours[table], ...read])]);
  const target = { TableName: tableName, Key: { ...key } };
  if (table === 'definitions') return { Delete: { ...target, ...condition } };
  const gone = Object.keys(condition.ExpressionAttributeNames).filter((name) => name !== '#key');
  return {
    Update: {
      ...target,
      UpdateExpression: `SET #liveOnly = :liveOnly REMOVE ${gone.join(', ')}`,
      ConditionExpression: condition.ConditionExpression,
      ExpressionAttributeNames: { ...condition.ExpressionAttributeNames, '#liveOnly': 'liveOnly' },
      ExpressionAttributeValues: { ...condition.ExpressionAttributeValues, ':liveOnly': true },
    },
  };
}

interface Condition {
  readonly ConditionExpression: string;
  readonly ExpressionAttributeNames: Record<string, string>;
  readonly ExpressionAttributeValues?: Record<string, unknown>;
}

/** There is no row, or one that only carries what a build published of the domain when it was there last. */
function noDomain(attributes: readonly string[]): Condition {
  return {
    ConditionExpression: 'attribute_not_exists(#key) OR #liveOnly = :liveOnly',
    ExpressionAttributeNames: {
      '#key': 'domain',
      '#liveOnly': 'liveOnly',
      ...Object.fromEntries(attributes.map((name) => [`#${name}`, name])),
    },
    ExpressionAttributeValues: { ':liveOnly': true },
  };
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
