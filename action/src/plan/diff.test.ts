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
  type Stored,
} from '../../../schema/src/records/records.ts';
import { rollChanges } from '../../../schema/src/records/roll.ts';
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

function ours(alias: string) {
  return readDefinition(definitionItem(definition(alias)));
}

/** Aliases that the last sync left, by domain; undefined where nobody knows. */
type RollsOf = Readonly<Record<string, readonly string[]>> | undefined;

function rollsOf(left: RollsOf): Pick<Rows, 'rolls'> {
  if (left === undefined) return {};
  const changes = rollChanges(
    new Map(),
    {
      definitions: Object.entries(left).flatMap(([domain, names]) =>
        names.map((alias) => ({ ...definition(alias), domain })),
      ),
      domains: Object.keys(left).map((domain) => ({ domain })),
    },
    new Set(),
  );
  return { rolls: new Map(changes.map(({ domain, roll }) => [domain, roll ?? new Set()])) };
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

  it.each<[string, RollsOf, readonly Stored<Definition>[], readonly string[]]>([
    ['deleted, which the last sync left', { 'example.com': ['a', 'b'] }, [ours('a')], ['b deleted']],
    ['new, where the last sync left others', { 'example.com': ['a'] }, [ours('a')], ['b']],
    ['new, where there was nothing', {}, [], ['a', 'b']],
    ['perhaps deleted, where others filled the domain', {}, [foreign('a')], ['b unsynced']],
    ['new, where others filled the domain since it is synced', { 'example.com': [] }, [foreign('a')], ['b']],
    ['new, where some rows are ours', {}, [foreign('a'), ours('c')], ['b']],
    ['new, in files alone', undefined, [foreign('a')], ['b']],
  ])('knows a row that is written anew for one that is %s', (_, left, definitions, expected) => {
    const { changes, editedOutside } = diff(
      { definitions, domains: [], ...rollsOf(left) },
      records(definition('a'), definition('b')),
      keep,
    );
    const created = changes.flatMap((change) =>
      change.kind === 'create' && change.table === 'definitions'
        ? [[change.key.alias, change.revives].filter(Boolean).join(' ')]
        : [],
    );
    expect(created).toEqual(expected);
    const deleted = expected.filter((one) => one.endsWith(' deleted'));
    expect(editedOutside.map(({ key }) => `${key.alias} deleted`)).toEqual(deleted);
  });

  it.each<[string, RollsOf, string | undefined]>([
    ['deleted, which the last sync left', { 'example.net': [] }, 'deleted'],
    ['new, where the domain is synced', { 'example.com': ['a'] }, undefined],
    ['perhaps deleted, where others filled the domain', {}, 'unsynced'],
  ])('knows an alias domain for one that is %s', (_, left, expected) => {
    const desired = {
      definitions: [definition('a')],
      domains: [{ domain: 'example.com' }, { domain: 'example.net', aliasfor: 'example.com' }],
    };
    const { changes } = diff({ definitions: [foreign('a')], domains: [], ...rollsOf(left) }, desired, keep);
    const created = changes.filter((change) => change.kind === 'create');
    expect(created.map(({ key, revives }) => [key.domain, revives])).toEqual([
      ['example.com', undefined],
      ['example.net', expected],
    ]);
  });

  it.each<[string, RollsOf, Stored<Definition>, string]>([
    ['over one of ours', { 'example.com': ['a'] }, foreign('a'), 'edited-outside'],
    ['where ours never was', { 'example.com': ['b'] }, foreign('a'), 'foreign'],
    ['in a domain that is not synced', {}, foreign('a'), 'foreign'],
    ['under another spelling', { 'example.com': ['a'] }, foreign('A'), 'foreign'],
    ['by a sync', { 'example.com': ['a'] }, ours('a'), 'ours'],
  ])('knows whose a row is that was written %s', (_, left, stored, expected) => {
    const rows = { definitions: [stored], domains: [], ...rollsOf(left) };
    const { changes } = diff(rows, records(definition('a', ['y@mailbox.example'])), keep);
    const [update] = changes.filter((change) => change.kind === 'update');
    expect(update?.before.provenance).toBe(expected);
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
