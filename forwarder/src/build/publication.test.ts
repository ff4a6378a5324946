import { describe, expect, it } from 'vitest';
import { createDirectory } from '../../../schema/src/directory/resolve.ts';
import type { Live } from '../../../schema/src/records/live.ts';
import { type DomainRecord, readDomain } from '../../../schema/src/records/records.ts';
import { noPublication, type Publication, type Published, planPublication, rankOf } from './publication.ts';

describe('rankOf', () => {
  it.each([
    ['*', 'catch-all'],
    ['ann', 'name'],
    ['ann+news', 'subaddress'],
  ])('ranks %s as a %s', (local, rank) => {
    expect(rankOf(local)).toBe(rank);
  });
});

interface Given {
  /** What the rows of the domains publish. */
  readonly published?: Readonly<Record<string, Live>>;
  /** Alias domains and their main domains. */
  readonly aliasFor?: Readonly<Record<string, string>>;
  readonly more?: readonly Record<string, unknown>[];
  readonly filter?: Live['filter'];
  readonly inactive?: readonly string[];
  readonly refused?: readonly string[];
}

function planned({ published = {}, aliasFor = {}, more = [], filter, inactive = [], refused = [] }: Given) {
  const domains: DomainRecord[] = [
    { domain: 'b.example' },
    { domain: 'a.example' },
    ...Object.entries(aliasFor).map(([domain, aliasfor]) => ({ domain, aliasfor })),
  ];
  const items = domains.map((record) => {
    const live = published[record.domain];
    return { ...record, ...(live === undefined ? {} : { live }) };
  });
  return planPublication(
    [...items, ...more].map(readDomain),
    createDirectory({ definitions: [], domains }),
    new Map(filter === undefined ? [] : [['a.example', filter]]),
    new Map([['a.example', inactive]]),
    new Set(refused),
  );
}

const live = (...inactive: readonly string[]): Live => ({ inactive });
const ofA = (own: Live): Published => ({ domain: 'a.example', live: own });
const ofAlias = (own: Live): Published => ({ domain: 'alias.example', live: own });
const both = { 'a.example': live(), 'b.example': live() };
const aliasFor = { 'alias.example': 'a.example' };
const none = noPublication();

describe('planPublication', () => {
  it.each<[string, Given, Partial<Publication>]>([
    ['nothing where all is as it will be', { published: both }, {}],
    ['new domains at the end, in order', {}, { last: [ofA(live()), { domain: 'b.example', live: live() }] }],
    [
      'the marks of a new domain at the end alone',
      { published: { 'b.example': live() }, inactive: ['x'] },
      { last: [ofA(live('x'))] },
    ],
    [
      'a filter that comes at the end',
      { published: both, filter: 'strict' },
      { last: [ofA({ filter: 'strict', inactive: [] })] },
    ],
    [
      'a filter that goes at the end, and keeps it while marks come',
      { published: { ...both, 'a.example': { filter: 'strict', inactive: [] } }, inactive: ['x'] },
      {
        comes: { ...none.comes, name: [ofA({ filter: 'strict', inactive: ['x'] })] },
        last: [ofA(live('x'))],
      },
    ],
    [
      'marks that come, the more specific first',
      { published: both, inactive: ['*', 'x', 'x+y'] },
      {
        comes: {
          subaddress: [ofA(live('x+y'))],
          name: [ofA(live('x', 'x+y'))],
          'catch-all': [ofA(live('*', 'x', 'x+y'))],
        },
      },
    ],
    [
      'marks that go, the less specific first',
      { published: { ...both, 'a.example': live('*', 'x', 'x+y') } },
      {
        goes: {
          'catch-all': [ofA(live('x', 'x+y'))],
          name: [ofA(live('x+y'))],
          subaddress: [ofA(live())],
        },
      },
    ],
    [
      'marks that come before others go, and keeps those that stay',
      { published: { ...both, 'a.example': live('b', 'old') }, inactive: ['a', 'b'] },
      {
        comes: { ...none.comes, name: [ofA(live('a', 'b', 'old'))] },
        goes: { ...none.goes, name: [ofA(live('a', 'b'))] },
      },
    ],
    [
      'an alias domain with the filter and the marks of its main domain',
      { published: both, aliasFor, filter: 'strict', inactive: [] },
      {
        last: [
          ofA({ filter: 'strict', inactive: [] }),
          ofAlias({ aliasfor: 'a.example', filter: 'strict', inactive: [] }),
        ],
      },
    ],
    [
      'the marks of an alias domain as those of its main domain',
      {
        published: { ...both, 'alias.example': { aliasfor: 'a.example', inactive: [] } },
        aliasFor,
        inactive: ['x'],
      },
      {
        comes: {
          ...none.comes,
          name: [ofA(live('x')), ofAlias({ aliasfor: 'a.example', inactive: ['x'] })],
        },
      },
    ],
    [
      'first that a domain is moving which becomes an alias domain, with its old marks',
      { published: { ...both, 'alias.example': live('old') }, aliasFor },
      {
        held: [ofAlias({ inactive: ['old'], moving: true })],
        last: [ofAlias({ aliasfor: 'a.example', inactive: [] })],
      },
    ],
    [
      'first that a domain is moving which was an alias domain',
      { published: { ...both, 'a.example': { aliasfor: 'b.example', inactive: [] } }, inactive: ['x'] },
      {
        held: [ofA({ aliasfor: 'b.example', inactive: [], moving: true })],
        last: [ofA(live('x'))],
      },
    ],
    [
      'first that an alias domain is moving which gets another main domain',
      { published: { ...both, 'alias.example': { aliasfor: 'b.example', inactive: [] } }, aliasFor },
      {
        held: [ofAlias({ aliasfor: 'b.example', inactive: [], moving: true })],
        last: [ofAlias({ aliasfor: 'a.example', inactive: [] })],
      },
    ],
    [
      'at the end alone a domain that a build has left moving',
      { published: { ...both, 'a.example': { inactive: ['old'], moving: true } }, inactive: ['x'] },
      { last: [ofA(live('x'))] },
    ],
    [
      'nothing of a domain that is refused, and of its alias domains',
      { published: { 'b.example': live() }, aliasFor, refused: ['a.example'], inactive: ['x'] },
      {},
    ],
    [
      'nothing of an alias domain that is refused itself',
      { published: both, aliasFor, refused: ['alias.example'] },
      {},
    ],
    [
      'no longer what is given up, in order',
      {
        published: both,
        more: [
          { domain: 'z.example', liveOnly: true },
          { domain: 'y.example', live: live() },
          { domain: 'x.example', aliasfor: 'a.example' },
        ],
      },
      { withdrawn: ['y.example', 'z.example'] },
    ],
    [
      'no longer what is stored under another spelling, whose marks count for nothing',
      { published: both, more: [{ domain: 'A.example', live: live('x') }] },
      { withdrawn: ['A.example'] },
    ],
  ])('publishes %s', (_, given, expected) => {
    expect(planned(given)).toEqual({ ...none, ...expected });
  });
});
