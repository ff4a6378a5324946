import { expect, it } from 'vitest';
import { type AliasRow, readDefinition, readDomain } from '../../../schema/src/records/records.ts';
import type { Address } from '../../../schema/src/text/address.ts';
import { seconds } from '../../../schema/src/text/time.ts';
import { compareFormer } from './formerRows.ts';

const row = (alias: string, destination: string, bounces = 0): AliasRow => {
  const keys = { alias: alias as Address, destination: destination as Address };
  return { ...keys, domain: 'example.com', updatedAt: 1, bounces };
};
const define = (alias: string, destinations: readonly string[], more: object = {}) =>
  readDefinition({ domain: 'example.com', alias, destinations, type: 'person', active: true, ...more });
const definitions = [define('info', ['jane', 'ada@home.example']), define('Jane', ['Jane@home.example'])];
const same = [
  row('info@example.com', 'jane@home.example'),
  row('info@example.com', 'ada@home.example'),
  row('jane@example.com', 'jane@home.example'),
];

function compare(
  former: readonly AliasRow[],
  defined = definitions,
  blocks: Readonly<Record<string, number>> = {},
  domains: readonly Record<string, unknown>[] = [],
): string[] {
  const found = compareFormer({
    former,
    definitions: defined,
    domains: domains.map(readDomain),
    blocks: new Map(Object.entries(blocks)),
    now: seconds(1_800_000_000),
    bounceLimit: 0,
  });
  return found.map(({ address, mailbox, kind }) => `${kind} ${address} ${mailbox}`.trim());
}

it('finds no difference where both say the same', () => {
  expect(compare(same)).toEqual([]);
  expect(compare([])).toHaveLength(3);
});

it.each([
  [
    'rows that no mail finds',
    [...same, row('Jane@example.com', 'x@home.example'), row('*@example.com', 'x@home.example')],
    [],
  ],
  [
    'a row of an alias that is gone',
    [...same, row('old@example.com', 'old@home.example')],
    ['there old@example.com old@home.example'],
  ],
  ['a row that was never built', same.slice(1), ['here info@example.com jane@home.example']],
  [
    'a mailbox that is blocked there alone',
    [row('info@example.com', 'jane@home.example', 2), ...same.slice(1)],
    ['blocked-there info@example.com jane@home.example'],
  ],
  ['a misspelt destination of theirs', [row('info@example.com', ' Jane@Home.example'), ...same.slice(1)], []],
])('names %s', (_, former, expected) => {
  expect(compare(former)).toEqual(expected);
});

it('names what is dead there, and would be alive here', () => {
  const mine = [...definitions, define('x', ['x@home.example'], { domain: 'MyCorp.com' })];
  const former = [...same, row('x@MyCorp.com', 'x@home.example')];
  expect(compare(former, mine)).toEqual(['here x@mycorp.com x@home.example']);
  expect(compare(same, definitions, {}, [{ domain: 'MyCorp.net', aliasfor: 'example.com' }])).toEqual([
    'domain-here mycorp.net',
  ]);
  expect(compare(same, definitions, {}, [{ domain: 'mycorp.net', aliasfor: 'example.com' }])).toEqual([]);
});

it.each([
  ['there', null, [row('off@example.com', 'off@home.example')], ['there off@example.com off@home.example']],
  ['nowhere', null, [], []],
  ['nowhere, as text', 'false', [], []],
])('takes an alias that is switched off for one that reaches nobody: %s', (_, active, more, expected) => {
  const mine = [...definitions, define('off', ['off@home.example'], { active })];
  expect(compare([...same, ...more], mine)).toEqual(expected);
});

it('names a mailbox that is blocked here alone', () => {
  expect(compare(same, definitions, { 'ada@home.example': 1 })).toEqual([
    'blocked-here info@example.com ada@home.example',
  ]);
});
