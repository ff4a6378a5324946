import { describe, expect, it } from 'vitest';
import {
  type Definition,
  definitionItem,
  domainItem,
  readDefinition,
  readDomain,
} from '../../../schema/src/records/records.ts';
import type { Change } from '../plan/change.ts';
import { transactionsOf } from './apply.ts';

function definition(alias: string, description = ''): Definition {
  return {
    domain: 'example.com',
    alias,
    destinations: ['x@m.example'],
    type: 'person',
    active: true,
    description,
  };
}

function create(alias: string, description = ''): Change {
  const after = definition(alias, description);
  return { kind: 'create', table: 'definitions', key: { domain: 'example.com', alias }, after };
}

describe('transactionsOf', () => {
  it('writes what comes before what goes, and definitions before their domains', () => {
    const after = definition('a');
    const before = readDefinition(definitionItem(after));
    const key = { domain: 'example.com', alias: 'a' };
    const domain = { domain: 'example.com' };
    const stored = readDomain(domainItem(domain));
    const [changes] = transactionsOf([
      { kind: 'delete', table: 'domains', key: domain, before: stored },
      { kind: 'delete', table: 'definitions', key, before },
      { kind: 'update', table: 'domains', key: domain, before: stored, after: domain },
      { kind: 'create', table: 'domains', key: domain, after: domain },
      { kind: 'update', table: 'definitions', key, before, after },
      create('b'),
    ]);
    expect(changes?.map(({ kind, table }) => `${kind} ${table}`)).toEqual([
      'update definitions',
      'create definitions',
      'update domains',
      'create domains',
      'delete definitions',
      'delete domains',
    ]);
  });

  it('leaves room in each for the check of the gate', () => {
    const changes = Array.from({ length: 250 }, (_, n) => create(`a${n}`));
    const transactions = transactionsOf(changes);
    expect(transactions.map(({ length }) => length)).toEqual([99, 99, 52]);
    expect(transactions.flat()).toEqual(changes);
  });

  it('keeps a transaction under 3.5 MB, in bytes and not in characters', () => {
    const changes = Array.from({ length: 20 }, (_, n) => create(`a${n}`, 'é'.repeat(190_000)));
    const transactions = transactionsOf(changes);
    expect(transactions.map(({ length }) => length)).toEqual([9, 9, 2]);
  });
});
