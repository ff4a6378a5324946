import { describe, expect, it } from 'vitest';
import {
  canonicalJson,
  type Definition,
  definitionItem,
  domainItem,
  manager,
  readDefinition,
  readDomain,
  sumOf,
} from './records.ts';

const definition: Definition = {
  domain: 'example.com',
  alias: 'board',
  destinations: ['john', 'jane@home.example'],
  type: 'group',
  active: true,
  owner: 'team:board',
};

describe('a definition in the table', () => {
  it('reads back as what was written, and as ours', () => {
    const stored = readDefinition(definitionItem(definition));
    expect(stored.record).toEqual(definition);
    expect(stored.provenance).toBe('ours');
  });

  it('counts as edited outside when its content has changed', () => {
    const item = { ...definitionItem(definition), destinations: ['mallory@home.example'] };
    expect(readDefinition(item).provenance).toBe('edited-outside');
  });

  it('is foreign without our mark, and folded with its key kept', () => {
    const stored = readDefinition({
      domain: ' Example.COM',
      alias: 'Board ',
      destinations: new Set(['John@Home.example']),
      type: 'club',
    });
    expect(stored).toMatchObject({
      provenance: 'foreign',
      key: { domain: ' Example.COM', alias: 'Board ' },
      record: {
        domain: 'example.com',
        alias: 'board',
        destinations: ['john@home.example'],
        type: 'person',
        active: true,
      },
    });
  });

  it.each([
    ['ours', {}],
    ['foreign', { managedBy: 'another-tool' }],
    ['foreign', { managedBy: 'another-tool', sum: 'its own' }],
    ['foreign', { managedBy: undefined }],
    ['edited-outside', { sum: undefined }],
  ])('is %s with %j in place of what we write', (provenance, given) => {
    expect(readDefinition({ ...definitionItem(definition), ...given }).provenance).toBe(provenance);
  });

  it('is folded in ASCII alone, as names in files are', () => {
    const { record } = readDefinition({
      domain: 'EXAMPLE.com',
      alias: '\u212aim',
      destinations: ['\u212aIM@home.example'],
    });
    expect(record).toMatchObject({
      domain: 'example.com',
      alias: '\u212aim',
      destinations: ['\u212aim@home.example'],
    });
    expect(readDomain({ domain: 'a.example', aliasfor: '\u212a.Example' }).record.aliasfor).toBe(
      '\u212a.example',
    );
  });

  it.each([
    [undefined, true],
    [true, true],
    [false, false],
    [null, false],
    ['false', false],
    ['true', false],
    ['', false],
    [0, false],
    [1, false],
    [new Set(['true']), false],
  ])('that says active: %j is in force as in the reference: %j', (active, expected) => {
    const item = { domain: 'example.com', alias: 'a', destinations: ['x@home.example'] };
    expect(readDefinition(active === undefined ? item : { ...item, active }).record.active).toBe(expected);
  });

  it.each([
    ['*', undefined, false],
    ['*', manager, true],
    [' * ', undefined, false],
    ['a', undefined, true],
  ])('named %j and managed by %j is in force: %j', (alias, managedBy, active) => {
    const item = { domain: 'example.com', alias, destinations: ['x@home.example'] };
    const given = managedBy === undefined ? item : { ...item, managedBy };
    expect(readDefinition(given).record.active).toBe(active);
  });

  it('survives attributes of the wrong type', () => {
    const { record } = readDefinition({
      domain: 7,
      alias: null,
      destinations: 'x',
      active: 'no',
      expires: 3,
    });
    expect(record).toEqual({ domain: '', alias: '', destinations: [], type: 'person', active: false });
  });
});

describe('a domain in the table', () => {
  it.each([
    { domain: 'example.com' },
    { domain: 'example.net', aliasfor: 'example.com' },
    { domain: 'example.com', filter: 'strict' as const },
    { domain: 'example.com', filter: { spf: 'drop' as const, 'dmarc-reject': 'ignore' as const } },
  ])('reads back as %j', (record) => {
    const stored = readDomain(domainItem(record));
    expect([stored.record, stored.provenance]).toEqual([record, 'ours']);
  });
});

describe('canonical JSON', () => {
  it('does not depend on the order of keys', () => {
    expect(canonicalJson({ b: 1, a: { d: [2], c: undefined } })).toBe('{"a":{"d":[2]},"b":1}');
    expect(sumOf({ ...definition })).toBe(
      sumOf(Object.fromEntries(Object.entries(definition).reverse()) as unknown as Definition),
    );
  });
});
