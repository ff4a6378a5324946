import { describe, expect, it } from 'vitest';
import {
  definitionItem,
  domainItem,
  readDefinition,
  readDomain,
} from '../../../schema/src/records/records.ts';
import { writeItem } from './writeItem.ts';

const definition = {
  domain: 'example.com',
  alias: 'a',
  destinations: ['x@m.example'],
  type: 'person',
  active: true,
} as const;
const live = { inactive: [] };

/** What a deletion of this row demands of each attribute: a value, or that it is absent. */
function demands(table: 'definitions' | 'domains', item: Record<string, unknown>): Record<string, unknown> {
  const change =
    table === 'definitions'
      ? ({
          kind: 'delete',
          table,
          key: { domain: 'example.com', alias: 'a' },
          before: readDefinition(item),
        } as const)
      : ({ kind: 'delete', table, key: { domain: 'example.com' }, before: readDomain(item) } as const);
  const { Delete, Update } = writeItem(change, 'table');
  const {
    ConditionExpression = '',
    ExpressionAttributeNames = {},
    ExpressionAttributeValues = {},
  } = Delete ?? Update ?? {};
  return Object.fromEntries(
    ConditionExpression.split(' AND ').map((term) => {
      const [, name = '', value] = /(#\w+)(?: = (:\w+))?/.exec(term) ?? [];
      const held = term.startsWith('attribute_exists') ? 'present' : 'absent';
      return [ExpressionAttributeNames[name], value === undefined ? held : ExpressionAttributeValues[value]];
    }),
  );
}

describe('a deletion', () => {
  it('demands that every attribute of a definition is as it was read, those of others too', () => {
    const item = definitionItem(definition);
    expect(demands('definitions', { ...item, note: 'by hand', live })).toEqual({
      domain: 'present',
      destinations: ['x@m.example'],
      type: 'person',
      active: true,
      description: 'absent',
      owner: 'absent',
      expires: 'absent',
      managedBy: 'aliasops',
      sum: item.sum,
      note: 'by hand',
      live,
    });
  });

  it('demands the same of a domain, but for what a build has published', () => {
    const item = domainItem({ domain: 'example.com', filter: 'strict' });
    expect(demands('domains', { ...item, note: 'by hand', live })).toEqual({
      domain: 'present',
      aliasfor: 'absent',
      filter: 'strict',
      managedBy: 'aliasops',
      sum: item.sum,
      note: 'by hand',
    });
  });

  it('takes all of a domain away but what a build has published', () => {
    const item = { ...domainItem({ domain: 'example.com' }), note: 'by hand', live };
    const before = readDomain(item);
    const change = { kind: 'delete', table: 'domains', key: { domain: 'example.com' }, before } as const;
    const { UpdateExpression = '', ExpressionAttributeNames = {} } = writeItem(change, 'table').Update ?? {};
    const [set, removed = ''] = UpdateExpression.split(' REMOVE ');
    expect(set).toBe('SET #liveOnly = :liveOnly');
    const names = removed.split(', ').map((name) => ExpressionAttributeNames[name]);
    expect(names.toSorted()).toEqual(['aliasfor', 'filter', 'managedBy', 'note', 'sum']);
  });
});
