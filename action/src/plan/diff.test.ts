import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createDirectory } from '../../../schema/src/directory/resolve.ts';
import { anyDefinition } from '../../../schema/src/records/definition.arbitrary.ts';
import {
  type Definition,
  type DomainRecord,
  definitionItem,
  type Records,
  readDefinition,
  readDomain,
} from '../../../schema/src/records/records.ts';
import { outcomeOf, type Rows, rowsOfRevision } from './change.ts';
import { diff } from './diff.ts';
import { effectsOf } from './plan.ts';

const keep = { pruneForeign: false };

function definition(alias: string, destinations: readonly string[] = ['x@mailbox.example']): Definition {
  return { domain: 'example.com', alias, destinations, type: 'person', active: true };
}

function records(...definitions: readonly Definition[]): Records {
  return { definitions, domains: [{ domain: 'example.com' }] };
}

function foreign(alias: string, destinations: readonly string[] = ['x@mailbox.example']) {
  return readDefinition({ domain: 'example.com', alias, destinations });
}

const anyRecords = fc
  .uniqueArray(
    anyDefinition({
      domain: 'example.com',
      alias: fc.constantFrom('a', 'b', 'c', 'd'),
      destination: fc.constantFrom('x@mailbox.example', 'y@mailbox.example'),
      text: fc.constantFrom('one', 'two'),
    }),
    { selector: ({ alias }) => alias },
  )
  .map((drawn) => records(...drawn));

describe('diff', () => {
  it('is empty between equals', () => {
    fc.assert(
      fc.property(anyRecords, (some) => {
        const { changes, unchanged } = diff(rowsOfRevision(some), some, keep);
        expect(changes).toEqual([]);
        expect(unchanged).toBe(some.definitions.length + 1);
      }),
    );
  });

  it('leads from one state to the other', () => {
    fc.assert(
      fc.property(anyRecords, anyRecords, (before, after) => {
        const rows = rowsOfRevision(before);
        const reached = outcomeOf(rows, diff(rows, after, keep).changes);
        const byName = (some: Records) => some.definitions.toSorted((a, b) => (a.alias < b.alias ? -1 : 1));
        expect(byName(reached)).toEqual(byName(after));
      }),
    );
  });

  it('puts creates first and deletes last, each by key', () => {
    const rows = rowsOfRevision(records(definition('a'), definition('b')));
    const { changes } = diff(rows, records(definition('b', ['y@mailbox.example']), definition('c')), keep);
    expect(changes.map(({ kind, key }) => `${kind} ${key.alias}`)).toEqual([
      'create c',
      'update b',
      'delete a',
    ]);
  });

  it('adopts a row of others that the files name, also as it is', () => {
    const rows: Rows = { definitions: [foreign('a')], domains: [] };
    const { changes } = diff(rows, records(definition('a')), keep);
    expect(changes.map(({ kind, table }) => `${kind} ${table}`)).toEqual([
      'create domains',
      'update definitions',
    ]);
  });

  it('lets other rows of others stay, reported, until they are to be pruned', () => {
    const rows: Rows = { definitions: [foreign('z')], domains: [readDomain({ domain: 'example.com' })] };
    const kept = diff(rows, records(), keep);
    expect(kept.foreign).toEqual([{ table: 'definitions', key: { domain: 'example.com', alias: 'z' } }]);
    expect(kept.changes.map(({ kind }) => kind)).toEqual(['update']);
    const pruned = diff(rows, records(), { pruneForeign: true });
    expect(pruned.changes.map(({ kind }) => kind)).toEqual(['update', 'delete']);
  });

  it('leaves domains of others alone, and deletes its own that have no file', () => {
    const mine = { domain: 'old.example', alias: 'a', destinations: ['x@mailbox.example'] };
    const rows: Rows = {
      definitions: [
        readDefinition({ domain: 'other.example', alias: 'a', destinations: ['x@mailbox.example'] }),
        readDefinition(definitionItem({ ...mine, type: 'person', active: true })),
      ],
      domains: [readDomain({ domain: 'other.example' })],
    };
    const { changes, foreign: reported } = diff(
      rows,
      { definitions: [], domains: [] },
      { pruneForeign: true },
    );
    expect(changes.map(({ kind, key }) => `${kind} ${key.domain}`)).toEqual(['delete old.example']);
    expect(reported).toEqual([]);
  });

  it('brings a misspelt key to the content under the key as stored', () => {
    const rows: Rows = {
      definitions: [
        readDefinition({ domain: 'Example.com ', alias: 'Info', destinations: ['y@mailbox.example'] }),
      ],
      domains: [],
    };
    const { changes } = diff(rows, records(definition('info')), keep);
    expect(changes.find(({ kind }) => kind === 'update')?.key).toEqual({
      domain: 'Example.com ',
      alias: 'Info',
    });
    expect(changes.some(({ kind, table }) => kind === 'create' && table === 'definitions')).toBe(false);
  });

  it('names rows of ours that were edited outside', () => {
    const item = { ...definitionItem(definition('a')), destinations: ['evil@mailbox.example'] };
    const { editedOutside, changes } = diff(
      { definitions: [readDefinition(item)], domains: [] },
      records(definition('a')),
      keep,
    );
    expect(editedOutside).toEqual([{ table: 'definitions', key: { domain: 'example.com', alias: 'a' } }]);
    expect(changes.map(({ kind }) => kind)).toContain('update');
  });
});

describe('effectsOf', () => {
  const net = { domain: 'example.net', aliasfor: 'example.com' };
  const org = { domain: 'example.net', aliasfor: 'example.org' };

  it.each<[string, DomainRecord[], DomainRecord[], readonly string[], string[]]>([
    ['of an alias once, not at its alias domain too', [net], [net], ['y@m.example'], ['a@example.com']],
    ['of an alias domain that comes', [], [net], ['x@m.example'], ['a@example.net']],
    ['of an alias domain that goes', [net], [], ['x@m.example'], ['a@example.net']],
    ['of an alias domain that moves', [net], [org], ['x@m.example'], ['a@example.net', 'o@example.net']],
    ['of an alias and its new alias domain', [], [net], ['y@m.example'], ['a@example.com', 'a@example.net']],
    ['of nothing where nothing changes', [net], [net], ['x@m.example'], []],
  ])('lists addresses %s', (_, domainsBefore, domainsAfter, destinations, expected) => {
    const other = { ...definition('o', ['o@m.example']), domain: 'example.org' };
    const directoryOf = (to: readonly string[], more: readonly DomainRecord[]) =>
      createDirectory({
        definitions: [definition('a', to), other],
        domains: [{ domain: 'example.com' }, { domain: 'example.org' }, ...more],
      });
    const before = directoryOf(['x@m.example'], domainsBefore);
    const after = directoryOf(destinations, domainsAfter);
    const effects = effectsOf(before, after, { today: '2026-11-24', reserved: [] });
    expect(effects.map(({ address }) => address)).toEqual(expected);
  });
});
