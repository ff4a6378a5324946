import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  type Definition,
  type DomainRecord,
  definitionItem,
  domainItem,
  type Records,
  readDefinition,
  readDomain,
} from '../../../schema/src/records/records.ts';
import { type Change, keyText, nameOf, outcomeOf, type Rows, recordsOf, rowsOfRevision } from './change.ts';
import type { DiffOptions } from './diff.ts';
import { definedAddresses, fingerprint, plan, sameMembers } from './plan.ts';

const moment = { today: '2026-11-24', reserved: [] };
const keep = { pruneForeign: false };

function definition(address: string, to = 'x@m.example', more: Partial<Definition> = {}): Definition {
  const [alias = '', domain = ''] = address.split('@');
  return { domain, alias, destinations: [to], type: 'person', active: true, ...more };
}

function records(definitions: readonly Definition[], domains: readonly DomainRecord[] = []): Records {
  return { definitions, domains };
}

interface Item {
  readonly [name: string]: unknown;
}

/** Rows that somebody else wrote. */
function foreign(definitions: readonly Item[], domains: readonly Item[] = []): Rows {
  return { definitions: definitions.map(readDefinition), domains: domains.map(readDomain) };
}

/** The changes, one word and one name each, in their order. */
function changesOf(rows: Rows, desired: Records, options: DiffOptions = keep): string[] {
  return plan(rows, desired, moment, options).changes.map(
    (change) => `${change.kind} ${change.table} ${nameOf(change)}`,
  );
}

describe('plan', () => {
  it('counts what it changes and what stays', () => {
    const before = records(
      [definition('a@one.example'), definition('b@one.example'), definition('c@one.example')],
      [{ domain: 'one.example' }, { domain: 'two.example' }],
    );
    const after = records(
      [
        definition('a@one.example'),
        definition('b@one.example', 'y@m.example'),
        definition('d@one.example'),
        definition('e@one.example'),
        definition('f@one.example'),
      ],
      [{ domain: 'one.example', filter: 'strict' }, { domain: 'two.example' }],
    );
    const { counts, effects } = plan(rowsOfRevision(before), after, moment, keep);
    expect(counts).toEqual({ create: 3, update: 2, delete: 1, unchanged: 2 });
    expect(effects.map(({ address }) => address)).toEqual([
      'b@one.example',
      'c@one.example',
      'd@one.example',
      'e@one.example',
      'f@one.example',
    ]);
  });

  it('sorts changes by kind, table, domain and alias, whatever order the records have', () => {
    const rows = rowsOfRevision(
      records(
        ['b@two.example', 'd@one.example', 'c@one.example'].map((address) => definition(address)),
        [{ domain: 'two.example' }, { domain: 'one.example' }],
      ),
    );
    const desired = records(
      ['b@six.example', 'b@five.example', 'a@five.example'].map((address) => definition(address)),
      [{ domain: 'six.example' }, { domain: 'five.example' }, { domain: 'two.example', filter: 'strict' }],
    );
    expect(changesOf(rows, desired)).toEqual([
      'create definitions a@five.example',
      'create definitions b@five.example',
      'create definitions b@six.example',
      'create domains five.example',
      'create domains six.example',
      'update domains two.example',
      'delete definitions c@one.example',
      'delete definitions d@one.example',
      'delete definitions b@two.example',
      'delete domains one.example',
    ]);
  });

  it('sorts effects by domain before the name', () => {
    const desired = records(
      ['b@two.example', 'a@two.example', 'z@one.example'].map((address) => definition(address)),
    );
    const [none, some] = [rowsOfRevision(records([])), rowsOfRevision(desired)];
    for (const { effects } of [plan(none, desired, moment, keep), plan(some, records([]), moment, keep)]) {
      expect(effects.map(({ address }) => address)).toEqual([
        'z@one.example',
        'a@two.example',
        'b@two.example',
      ]);
    }
  });

  it.each([['abcd'], ['dcba'], ['bdac'], ['cadb']])('sorts changes of one domain, read as %s', (order) => {
    const desired = records([...order].map((alias) => definition(`${alias}@one.example`)));
    expect(changesOf(rowsOfRevision(records([])), desired)).toEqual(
      [...'abcd'].map((alias) => `create definitions ${alias}@one.example`),
    );
  });

  it.each<[string, Rows, Records, readonly string[]]>([
    [
      'an alias in a domain that only definitions name',
      foreign([{ domain: 'one.example', alias: 'z', destinations: ['z@m.example'] }]),
      records([definition('a@one.example')]),
      ['definitions z@one.example'],
    ],
    [
      'an alias in a domain that only has a row',
      foreign([{ domain: 'one.example', alias: 'z', destinations: ['z@m.example'] }]),
      records([], [{ domain: 'one.example' }]),
      ['definitions z@one.example'],
    ],
    [
      'an alias domain of a managed domain',
      foreign([], [{ domain: 'other.example', aliasfor: 'one.example' }]),
      records([definition('a@one.example')]),
      ['domains other.example'],
    ],
    [
      'a managed domain that only definitions name',
      foreign([], [{ domain: 'one.example' }]),
      records([definition('a@one.example')]),
      ['domains one.example'],
    ],
    [
      'no alias and no alias domain of a domain that is not managed',
      foreign(
        [{ domain: 'other.example', alias: 'z', destinations: ['z@m.example'] }],
        [{ domain: 'other.example' }, { domain: 'third.example', aliasfor: 'other.example' }],
      ),
      records([definition('a@one.example')]),
      [],
    ],
  ])('names, and prunes when asked to, %s of somebody else', (_, rows, desired, names) => {
    const kept = plan(rows, desired, moment, keep);
    expect(kept.foreign.map((row) => `${row.table} ${nameOf(row)}`)).toEqual(names);
    expect(kept.counts.delete).toBe(0);
    const pruned = plan(rows, desired, moment, { pruneForeign: true });
    expect(pruned.foreign).toEqual([]);
    expect(pruned.changes.flatMap((change) => (change.kind === 'delete' ? [nameOf(change)] : []))).toEqual(
      names.map((name) => name.split(' ')[1]),
    );
  });

  it('names rows of somebody else, and edited ones, by table, domain and name', () => {
    const rows = foreign(
      ['z@two.example', 'b@one.example', 'a@one.example'].map((address) => ({ ...definition(address) })),
      [{ domain: 'two.example' }, { domain: 'one.example' }],
    );
    const desired = records([definition('x@one.example'), definition('x@two.example')]);
    const names = ['a@one.example', 'b@one.example', 'z@two.example', 'one.example', 'two.example'];
    const untouched = plan(rows, desired, moment, keep);
    expect(untouched.foreign.map(nameOf)).toEqual(names);
    expect(untouched.editedOutside).toEqual([]);
    const edited = {
      definitions: rows.definitions.map(({ record }) =>
        readDefinition({ ...definitionItem(record), active: false }),
      ),
      domains: rows.domains.map(({ record }) => readDomain({ ...domainItem(record), filter: 'strict' })),
    };
    const { editedOutside, counts } = plan(edited, desired, moment, keep);
    expect(editedOutside.map(nameOf)).toEqual(names);
    expect(counts).toEqual({ create: 2, update: 0, delete: 5, unchanged: 0 });
  });

  it.each<[string, Rows, string[]]>([
    [
      'of ours that also holds an attribute of another tool',
      foreign([{ ...definitionItem(definition('a@one.example')), note: 'theirs' }]),
      [],
    ],
    [
      'of ours that was edited to what the files say',
      foreign([
        { ...definitionItem(definition('a@one.example', 'y@m.example')), destinations: ['x@m.example'] },
      ]),
      ['update definitions a@one.example'],
    ],
    [
      'of somebody else that says what the files say',
      foreign([{ ...definition('a@one.example') }]),
      ['update definitions a@one.example'],
    ],
    [
      'of ours that says otherwise',
      foreign([{ ...definitionItem(definition('a@one.example', 'y@m.example')) }]),
      ['update definitions a@one.example'],
    ],
  ])('writes a row, or not, %s', (_, rows, changes) => {
    expect(changesOf(rows, records([definition('a@one.example')]))).toEqual(changes);
  });

  it('compares nothing of a domain that is held, and all of the others', () => {
    const rows = rowsOfRevision(
      records(
        [definition('a@one.example'), definition('a@two.example')],
        [{ domain: 'one.example' }, { domain: 'two.example' }],
      ),
    );
    const options = { pruneForeign: false, held: new Set(['one.example']) };
    expect(changesOf(rows, records([]), options)).toEqual([
      'delete definitions a@two.example',
      'delete domains two.example',
    ]);
  });
});

describe('fingerprint', () => {
  const a = definition('a@one.example');
  const create: Change = {
    kind: 'create',
    table: 'definitions',
    key: { domain: 'one.example', alias: 'a' },
    after: a,
  };
  const before = readDefinition(definitionItem(a));
  const removal: Change = { kind: 'delete', table: 'definitions', key: create.key, before };
  const after = definition('a@one.example', 'y@m.example');
  const update: Change = { ...removal, kind: 'update', after };
  const other = readDefinition(definitionItem({ ...a, description: 'B' }));

  it.each<[string, readonly Change[], readonly Change[]]>([
    ['whose the row was', [update], [{ ...update, before: { ...before, provenance: 'foreign' } }]],
    ['the rest of its item', [removal], [{ ...removal, before: { ...before, item: { sum: '1' } } }]],
    ['the order of fields', [create], [{ ...create, after: backwards(a) }]],
  ])('is the same whatever %s', (_, left, right) => {
    expect(fingerprint(left)).toBe(fingerprint(right));
  });

  it.each<[string, readonly Change[], readonly Change[]]>([
    ['what the row becomes', [update], [{ ...update, after: a }]],
    ['what a created row is', [create], [{ ...create, after }]],
    ['what the row was', [update], [{ ...update, before: other }]],
    ['what a deleted row was', [removal], [{ ...removal, before: other }]],
    ['the key as stored', [removal], [{ ...removal, key: { domain: 'One.example', alias: 'a' } }]],
    ['the table', [create], [{ ...create, table: 'domains' } as Change]],
    ['the number of changes', [create], [create, create]],
    ['that there is one', [], [create]],
  ])('is another with %s', (_, left, right) => {
    expect(fingerprint(left)).not.toBe(fingerprint(right));
  });

  it('is the hash of canonical JSON', () => {
    const text = (name: string) =>
      `{"after":{"active":true,"alias":"${name}","destinations":["x@m.example"],"domain":"one.example","type":"person"},"key":{"alias":"${name}","domain":"one.example"},"table":"definitions"}`;
    const second = { ...create, key: { domain: 'one.example', alias: 'b' }, after: { ...a, alias: 'b' } };
    expect(fingerprint([create, second])).toBe(sha256(`[${text('a')},${text('b')}]`));
  });
});

describe('a row', () => {
  it('is called by its address, or by its domain', () => {
    expect(nameOf({ key: { domain: 'one.example', alias: 'a' } })).toBe('a@one.example');
    expect(nameOf({ key: { domain: 'one.example' } })).toBe('one.example');
  });

  it('has a key of its own in each table', () => {
    const texts = [
      keyText('definitions', { domain: 'one.example' }),
      keyText('domains', { domain: 'one.example' }),
      keyText('definitions', { domain: 'one.example', alias: 'a' }),
      keyText('definitions', { domain: 'one.examplea' }),
    ];
    expect(new Set(texts).size).toBe(4);
  });
});

describe('outcomeOf', () => {
  it('has the rows that nothing touches, and what is written, in both tables', () => {
    const before = records(
      [definition('a@one.example'), definition('b@one.example'), definition('c@one.example')],
      [{ domain: 'one.example' }, { domain: 'two.example' }, { domain: 'three.example' }],
    );
    const after = records(
      [definition('a@one.example'), definition('b@one.example', 'y@m.example'), definition('d@one.example')],
      [{ domain: 'one.example' }, { domain: 'two.example', filter: 'strict' }, { domain: 'four.example' }],
    );
    const rows = rowsOfRevision(before);
    expect(recordsOf(rows)).toEqual(before);
    const reached = outcomeOf(rows, plan(rows, after, moment, keep).changes);
    expect(reached.definitions.toSorted((a, b) => (a.alias < b.alias ? -1 : 1))).toEqual(after.definitions);
    expect(new Set(reached.domains)).toEqual(new Set(after.domains));
    expect(reached.domains).toHaveLength(3);
  });
});

describe('sameMembers', () => {
  it.each<[readonly string[], readonly string[], boolean]>([
    [['a', 'b'], ['b', 'a'], true],
    [['a', 'b'], ['a', 'c'], false],
    [['a'], ['a', 'b'], false],
    [['a', 'b'], ['a'], false],
    [[], [], true],
  ])('of %j and %j is %s', (left, right, expected) => {
    expect(sameMembers(left, right)).toBe(expected);
  });
});

describe('definedAddresses', () => {
  it('are those of both sides, and of alias domains that differ', () => {
    const { before } = plan(
      rowsOfRevision(
        records(
          [definition('a@one.example')],
          [
            { domain: 'same.example', aliasfor: 'one.example' },
            { domain: 'gone.example', aliasfor: 'one.example' },
            { domain: 'void.example', aliasfor: 'nowhere.example' },
          ],
        ),
      ),
      records([]),
      moment,
      keep,
    );
    const { before: after } = plan(
      rowsOfRevision(
        records([definition('b@one.example')], [{ domain: 'same.example', aliasfor: 'one.example' }]),
      ),
      records([]),
      moment,
      keep,
    );
    expect([...definedAddresses(before, after)]).toEqual([
      'a@one.example',
      'a@gone.example',
      'b@one.example',
    ]);
  });
});

/** The same record with its fields in the other order. */
function backwards(record: Definition): Definition {
  return Object.fromEntries(Object.entries(record).reverse()) as unknown as Definition;
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
