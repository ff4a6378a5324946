import { describe, expect, it } from 'vitest';
import { defaultPolicy } from '../../../schema/src/files/policy.ts';
import type { Definition, DomainRecord, Records } from '../../../schema/src/records/records.ts';
import { rowsOfRevision } from '../plan/change.ts';
import { plan } from '../plan/plan.ts';
import { assess } from './assess.ts';

const moment = { today: '2026-11-24', reserved: [] };

function records(
  aliases: Readonly<Record<string, Partial<Definition> | string>>,
  ...more: DomainRecord[]
): Records {
  const definitions = Object.entries(aliases).map(([alias, given]): Definition => {
    const usual = { domain: 'example.com', alias, destinations: [], type: 'person', active: true } as const;
    return typeof given === 'string' ? { ...usual, destinations: [given] } : { ...usual, ...given };
  });
  const domains = [...new Set(definitions.map(({ domain }) => domain))].map((domain) => ({ domain }));
  return { definitions, domains: [...domains, ...more] };
}

const four = { a: 'a@m.example', b: 'b@m.example', c: 'c@m.example', d: 'd@m.example' };

function codes(before: Records, after: Records): string[] {
  const made = plan(rowsOfRevision(before), after, moment, { pruneForeign: false });
  return assess(made, defaultPolicy, moment).map(({ code }) => code);
}

describe('assess', () => {
  it.each<[string, Records, Records, string[]]>([
    ['nothing changed', records(four), records(four), []],
    ['1 of 4 deleted', records(four), records({ ...four, d: { destinations: ['a'] } }), []],
    [
      '2 of 3 deleted',
      records({ a: 'a@m.example', b: 'b@m.example', c: 'c@m.example' }),
      records({ a: 'a@m.example' }),
      ['mass-removal'],
    ],
    ['2 of 4 deleted', records(four), records({ a: four.a, b: four.b }), ['mass-removal']],
    [
      '2 of 4 switched off',
      records(four),
      records({
        ...four,
        c: { destinations: [four.c], active: false },
        d: { destinations: [four.d], active: false },
      }),
      ['mass-removal'],
    ],
    [
      '2 of 4 that will expire on a day',
      records(four),
      records({
        ...four,
        c: { destinations: [four.c], expires: '2027-01-01' },
        d: { destinations: [four.d], expires: '2027-01-01' },
      }),
      ['mass-removal'],
    ],
    ['2 of 4 renamed', records(four), records({ a: four.a, b: four.b, c2: four.c, d2: four.d }), []],
    [
      '3 of 4 redirected',
      records(four),
      records({ a: four.a, b: 'x@m.example', c: 'y@m.example', d: 'z@m.example' }),
      ['mass-redirect'],
    ],
    ['2 of 4 redirected', records(four), records({ ...four, c: 'y@m.example', d: 'z@m.example' }), []],
    [
      'one mailbox behind three groups exchanged',
      records({ a: four.a, g: 'a', h: 'a', i: 'a' }),
      records({ a: 'x@m.example', g: 'a', h: 'a', i: 'a' }),
      ['mass-redirect'],
    ],
    [
      'a domain given up',
      records({ a: four.a, z: { domain: 'example.org', destinations: ['z@m.example'] } }),
      records({ a: four.a }),
      ['domain-removed'],
    ],
    [
      'an alias domain given up',
      records(four, { domain: 'example.net', aliasfor: 'example.com' }),
      records(four),
      ['domain-removed'],
    ],
  ])('judges %s', (_, before, after, expected) => {
    expect(codes(before, after)).toEqual(expected);
  });

  it('names the domain, the numbers and the limit', () => {
    const made = plan(rowsOfRevision(records(four)), records({ a: four.a }), moment, { pruneForeign: false });
    expect(assess(made, defaultPolicy, moment).map(({ message }) => message)).toEqual([
      '3 of 4 aliases of example.com would be deleted or switched off (the limit is 1).',
    ]);
  });
});

describe('rollback', () => {
  const made = plan(rowsOfRevision(records(four)), records(four), moment, { pruneForeign: false });
  const gate = { state: 'closed', number: 7, commit: 'b'.repeat(40), run: '', at: 0 } as const;
  const { commit: _, ...without } = gate;

  it.each([
    ['no sync has written', undefined, 'a', false, 0],
    ['nobody said which commit was synced last', without, 'a', false, 0],
    ['the commit is not known', gate, undefined, false, 0],
    ['the commit is the one synced', gate, gate.commit, false, 0],
    ['the commit comes after it', gate, 'a', true, 0],
    ['the commit does not come after it', gate, 'a', false, 1],
  ] as const)('judges where %s', (_, given, commit, descends, count) => {
    const history = { gate: given, commit, descends };
    expect(assess(made, defaultPolicy, moment, history)).toHaveLength(count);
  });
});
