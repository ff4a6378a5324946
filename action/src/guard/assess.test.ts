import { describe, expect, it } from 'vitest';
import { defaultPolicy } from '../../../schema/src/files/policy.ts';
import { type Message, say, wordsOf } from '../../../schema/src/messages/message.ts';
import {
  type Definition,
  type DomainRecord,
  definitionItem,
  type Records,
  readDefinition,
} from '../../../schema/src/records/records.ts';
import { rowsOfRevision } from '../plan/change.ts';
import { plan } from '../plan/plan.ts';
import { assess, assessProposal } from './assess.ts';

const policies = { head: defaultPolicy, base: undefined };
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

function off(destination: string): Partial<Definition> {
  return { destinations: [destination], active: false };
}

/** The same aliases at example.org. */
function ofOrg(aliases: Readonly<Record<string, string>>): Record<string, Partial<Definition>> {
  return Object.fromEntries(
    Object.entries(aliases).map(([alias, destination]) => [
      `${alias} of example.org`,
      { domain: 'example.org', alias, destinations: [destination] },
    ]),
  );
}

function many(domain: string, count: number, active = true): Record<string, Partial<Definition>> {
  return Object.fromEntries(
    Array.from({ length: count }, (_, n) => [
      `n${n}`,
      { domain, alias: `n${n}`, destinations: [`n${n}@m.example`], active },
    ]),
  );
}

/** Groups of two mailboxes: their own, and one that all have. */
function groups(...aliases: readonly ('a' | 'b' | 'c' | 'd')[]): Record<string, Partial<Definition>> {
  return Object.fromEntries(
    aliases.map((alias) => [alias, { destinations: ['all@m.example', four[alias]] }]),
  );
}

/** Groups that refer to nothing. */
function nobody(count: number): Record<string, string> {
  return Object.fromEntries(Array.from({ length: count }, (_, n) => [`e${n}`, 'missing']));
}

function withReader(
  aliases: Readonly<Record<string, string>>,
  ...added: readonly string[]
): Record<string, Partial<Definition>> {
  return Object.fromEntries(
    Object.entries(aliases).map(([alias, destination]) => [
      alias,
      { destinations: added.includes(alias) ? [destination, 'r@m.example'] : [destination] },
    ]),
  );
}

function codes(before: Records, after: Records): string[] {
  const made = plan(rowsOfRevision(before), after, moment, { pruneForeign: false });
  return assess(made, policies, moment).map(({ code }) => code);
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
    [
      '2 of 4 renamed',
      records(four),
      records({ a: four.a, b: four.b, c2: four.c, d2: four.d }),
      ['mass-removal'],
    ],
    ['1 of 4 renamed', records(four), records({ a: four.a, b: four.b, c: four.c, d2: four.d }), []],
    [
      '1 of 2 renamed in each of two domains',
      records({ a: four.a, b: four.b, ...ofOrg({ a: four.a, b: four.b }) }),
      records({ a: four.a, x: four.b, ...ofOrg({ a: four.a, x: four.b }) }),
      ['mass-removal'],
    ],
    [
      '1 of 2 in each of two domains, with new aliases of others',
      records({ a: four.a, b: four.b, ...ofOrg({ a: four.a, b: four.b }) }),
      records({ a: four.a, x: four.c, ...ofOrg({ a: four.a, x: four.c }) }),
      ['mass-removal'],
    ],
    [
      '3 of 4 that lose one of two recipients',
      records({ a: four.a, ...groups('b', 'c', 'd') }),
      records({ a: four.a, b: four.b, c: four.c, d: four.d }),
      [],
    ],
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
      ['mass-redirect', 'new-reader'],
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
      ['domain-removed', 'mass-removal'],
    ],
    [
      '3 of 4 deleted that share a mailbox, with one new alias that has it',
      records({ a: four.a, b: 'x@m.example', c: 'x@m.example', d: 'x@m.example' }),
      records({ a: four.a, e: 'x@m.example' }),
      ['mass-removal'],
    ],
    [
      '2 of 3 deleted that were off, with two new aliases that are off',
      records({ a: four.a, b: off(four.b), c: off(four.c) }),
      records({ a: four.a, b2: off(four.b), c2: off(four.c) }),
      [],
    ],
    [
      '3 of 4 changed that were off and stay off',
      records({ a: four.a, b: off(four.b), c: off(four.c), d: off(four.d) }),
      records({ a: four.a, b: off('x@m.example'), c: off('y@m.example'), d: off('z@m.example') }),
      [],
    ],
    [
      'a domain that becomes the alias domain of one with its aliases',
      records({ ...four, ...ofOrg({ a: four.a, b: four.b }) }),
      records(four, { domain: 'example.org', aliasfor: 'example.com' }),
      [],
    ],
    [
      'a domain that becomes the alias domain of one without its aliases',
      records({ c: four.c, ...ofOrg({ a: four.a, b: four.b }) }),
      records({ c: four.c }, { domain: 'example.org', aliasfor: 'example.com' }),
      ['mass-removal'],
    ],
    [
      'a domain that becomes the alias domain of one where its aliases are off',
      records({ a: off(four.a), b: off(four.b), ...ofOrg({ a: four.a, b: four.b }) }),
      records({ a: off(four.a), b: off(four.b) }, { domain: 'example.org', aliasfor: 'example.com' }),
      ['mass-removal'],
    ],
    [
      'a domain given up with several aliases',
      records({ d: four.d, ...ofOrg({ a: four.a, b: four.b, c: four.c }) }),
      records({ d: four.d }),
      ['domain-removed', 'mass-removal'],
    ],
    [
      '1 deleted in each of two domains, and a large domain given up',
      records({ ...four, ...ofOrg({ a: four.a, b: four.b, c: four.c }), ...many('example.net', 40) }),
      records({ a: four.a, b: four.b, c: four.c, ...ofOrg({ a: four.a, b: four.b }) }),
      ['domain-removed', 'mass-removal'],
    ],
    [
      '3 of 4 switched off',
      records(four),
      records({ a: four.a, b: off(four.b), c: off(four.c), d: off(four.d) }),
      ['mass-removal'],
    ],
    [
      '3 of 4 redirected, and many others switched on',
      records({ ...four, ...many('example.com', 40, false) }),
      records({
        ...many('example.com', 40),
        a: four.a,
        b: 'x@m.example',
        c: 'y@m.example',
        d: 'z@m.example',
      }),
      ['mass-redirect'],
    ],
    [
      'aliases that take their mail from a catch-all',
      records({ '*': 'all@m.example', a: four.a }),
      records({ '*': 'all@m.example', ...four }),
      ['mass-redirect'],
    ],
    [
      'aliases that leave their mail to a catch-all',
      records({ '*': 'all@m.example', ...four }),
      records({ '*': 'all@m.example', a: four.a }),
      ['mass-redirect'],
    ],
    ['a reader added to 3 of 4', records(four), records(withReader(four, 'a', 'b', 'c')), []],
    [
      'a reader added to 4 of 4',
      records(four),
      records(withReader(four, 'a', 'b', 'c', 'd')),
      ['new-reader'],
    ],
    [
      'a reader added to 4 of 14',
      records({ ...four, ...many('example.com', 10) }),
      records({ ...withReader(four, 'a', 'b', 'c', 'd'), ...many('example.com', 10) }),
      [],
    ],
    [
      'a reader added to 4 of 13',
      records({ ...four, ...many('example.com', 9) }),
      records({ ...withReader(four, 'a', 'b', 'c', 'd'), ...many('example.com', 9) }),
      ['new-reader'],
    ],
    [
      'two readers added to 2 each',
      records(four),
      records({
        ...withReader(four, 'a', 'b'),
        c: { destinations: [four.c, 'w@m.example'] },
        d: { destinations: [four.d, 'w@m.example'] },
      }),
      [],
    ],
    [
      'a reader of addresses that are new',
      records(four),
      records({ ...four, e: 'r@m.example', f: 'r@m.example', g: 'r@m.example', h: 'r@m.example' }),
      [],
    ],
    [
      'a removal that 24 inactive aliases and 24 without anybody would hide',
      records({ ...four, ...many('example.com', 24, false), ...nobody(24) }),
      records({ a: four.a, b: four.b, ...many('example.com', 24, false), ...nobody(24) }),
      ['mass-removal'],
    ],
    [
      'groups that reached nobody and now reach somebody',
      records({ o: off('o@m.example'), g: 'o', h: 'o', i: 'o' }),
      records({ o: off('o@m.example'), g: four.a, h: four.b, i: four.c }),
      [],
    ],
  ])('judges %s', (_, before, after, expected) => {
    expect(codes(before, after)).toEqual(expected);
  });

  const gone = 'would reach nobody';

  it.each<[string, Records, Records, string[]]>([
    [
      'one domain over its limit, and not all domains together',
      records(four),
      records({ a: four.a }),
      [`3 of 4 addresses of example.com ${gone} (the limit is 1).`],
    ],
    [
      'two domains over their limits',
      records({ ...four, ...ofOrg(four) }),
      records({ a: four.a, ...ofOrg({ a: four.a, b: four.b }) }),
      [
        `3 of 4 addresses of example.com ${gone} (the limit is 1); 2 of 4 addresses of example.org ${gone} (the limit is 1).`,
      ],
    ],
    [
      'all domains together where none is over its own limit',
      records({ a: four.a, b: four.b, ...ofOrg({ a: four.a, b: four.b }) }),
      records({ a: four.a, ...ofOrg({ a: four.a }) }),
      [`2 of 4 addresses in all ${gone} (the limit is 1).`],
    ],
    [
      'a share that is above the floor, rounded down',
      records(many('example.com', 11)),
      records(many('example.com', 8)),
      [`3 of 11 addresses of example.com ${gone} (the limit is 2).`],
    ],
    ['exactly the share', records(many('example.com', 11)), records(many('example.com', 9)), []],
    [
      'a domain given up whose aliases count as well',
      records({ ...many('example.com', 4), ...ofOrg({ a: four.a }) }),
      records(many('example.com', 2)),
      [
        'example.org would be given up: mail to any address there would reach nobody.',
        `2 of 4 addresses of example.com ${gone} (the limit is 1).`,
      ],
    ],
    [
      'two domains given up',
      records({ a: four.a, ...ofOrg({ a: four.a }), z: { domain: 'example.net' } }),
      records({ a: four.a }),
      ['example.net and example.org would be given up: mail to any address there would reach nobody.'],
    ],
    [
      'an alias domain and a domain given up',
      records({ a: four.a, ...ofOrg({ a: four.a }) }, { domain: 'example.net', aliasfor: 'example.com' }),
      records({ a: four.a }),
      [
        'example.net and example.org would be given up: mail to any address there would reach nobody.',
        `2 of 3 addresses in all ${gone} (the limit is 1).`,
      ],
    ],
    [
      'addresses redirected',
      records(four),
      records({ a: four.a, b: 'x@m.example', c: 'y@m.example', d: 'z@m.example' }),
      ['3 of 4 addresses of example.com would lose all their former recipients (the limit is 2).'],
    ],
  ])('says of %s what the plan does', (_, before, after, expected) => {
    const made = plan(rowsOfRevision(before), after, moment, { pruneForeign: false });
    expect(assess(made, policies, moment).map(({ message }) => wordsOf(message, 'en'))).toEqual(expected);
  });

  it.each<[string, Records, readonly { readonly name: string; readonly outcome: string }[]]>([
    [
      'would reach nobody',
      records({ a: four.a, b: four.b }),
      [
        { name: 'c@example.com', outcome: 'nobody' },
        { name: 'd@example.com', outcome: 'nobody' },
      ],
    ],
    [
      'would reach others',
      records({
        a: four.a,
        b: { destinations: ['z@m.example', 'x@m.example'] },
        c: 'x@m.example',
        d: 'x@m.example',
      }),
      [
        { name: 'b@example.com', outcome: 'x@m.example,z@m.example' },
        { name: 'c@example.com', outcome: 'x@m.example' },
        { name: 'd@example.com', outcome: 'x@m.example' },
      ],
    ],
    [
      'would get a new reader',
      records(withReader(four, 'a', 'b', 'c', 'd')),
      ['a', 'b', 'c', 'd'].map((name) => ({ name: `${name}@example.com`, outcome: 'r@m.example' })),
    ],
  ])('is about each address that %s, and what becomes of it', (_, after, expected) => {
    const made = plan(rowsOfRevision(records(four)), after, moment, { pruneForeign: false });
    expect(assess(made, policies, moment).flatMap(({ about }) => about)).toEqual(expected);
  });

  it('names each new reader, and where', () => {
    const after = records(withReader(four, 'a', 'b', 'c', 'd'));
    const made = plan(rowsOfRevision(records(four)), after, moment, { pruneForeign: false });
    expect(assess(made, policies, moment).map(({ message }) => wordsOf(message, 'en'))).toEqual([
      '4 of 4 addresses of example.com would get a new reader, r@m.example (the limit is 3).',
    ]);
  });

  const until = (destination: string, expires: string) => ({ destinations: [destination], expires });

  it.each<[string, string, string, string[]]>([
    ['on different days, one alone on each', '2027-01-01', '2027-02-01', ['2 of 5']],
    ['on one day', '2027-01-01', '2027-01-01', ['2 of 5']],
    ['today', moment.today, moment.today, ['2 of 5']],
    ['days ago', '2026-01-01', '2026-01-01', ['2 of 5']],
    ['never', 'some day', 'some day', []],
    ['one alone', '2027-01-01', 'some day', []],
  ])('judges aliases that expire %s', (_, first, second, expected) => {
    const before = records({ ...four, e: 'e@m.example' });
    const after = records({
      ...four,
      e: 'e@m.example',
      c: until(four.c, first),
      d: until(four.d, second),
    });
    const made = plan(rowsOfRevision(before), after, moment, { pruneForeign: false });
    const messages = assess(made, policies, moment).map(({ message }) => wordsOf(message, 'en').slice(0, 6));
    expect(messages).toEqual(expected);
  });

  it.each([
    [{ '2026-12-01': 2, '2027-01-01': 3 }, ['5 of 8']],
    [{ '2027-01-01': 3, '2026-12-01': 3 }, ['3 of 8']],
    [{ '2026-12-01': 3, '2027-01-01': 3 }, ['3 of 8']],
  ])('names the first day that has the reason where %o expire', (counts, expected) => {
    const names = Array.from({ length: 8 }, (_, n) => `n${n}`);
    const dates = Object.entries(counts).flatMap(([date, count]) => Array<string>(count).fill(date));
    const after = names.map((name, n) => [name, until(four.a, dates[n] ?? 'never')]);
    const made = plan(
      rowsOfRevision(records(Object.fromEntries(names.map((name) => [name, four.a])))),
      records(Object.fromEntries(after)),
      moment,
      { pruneForeign: false },
    );
    const messages = assess(made, policies, moment).map(({ message }) => wordsOf(message, 'en').slice(0, 6));
    expect(messages).toEqual(expected);
  });

  it('judges the day on which an alias expires that others come to rely on', () => {
    const host = until('h@m.example', '2027-01-01');
    const before = rowsOfRevision(records({ a: four.a, b: four.b, host }));
    const made = plan(before, records({ a: 'host', b: 'host', host }), moment, { pruneForeign: false });
    const messages = assess(made, policies, moment).map(({ message }) => wordsOf(message, 'en'));
    expect(messages).toEqual(['2 of 2 addresses of example.com would reach nobody (the limit is 1).']);
  });

  it('judges the day on which an alias would have expired', () => {
    const before = rowsOfRevision(records({ a: 'host', host: until('h@m.example', '2027-01-01') }));
    const made = plan(before, records({ a: 'host', host: 'h@m.example' }), moment, { pruneForeign: false });
    const head = { ...defaultPolicy, protected: [{ alias: 'a', minimum: 1 }] };
    expect(assess(made, { head, base: undefined }, moment).map(({ code }) => code)).toEqual(['protected']);
  });

  it('judges no day that has passed', () => {
    const dated = (expires: string) =>
      records({ ...four, c: until(four.c, expires), d: until(four.d, expires) });
    const made = plan(rowsOfRevision(dated('2026-11-01')), dated('2026-10-01'), moment, {
      pruneForeign: false,
    });
    expect(assess(made, policies, moment)).toEqual([]);
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
    expect(assess(made, policies, moment, history)).toHaveLength(count);
  });

  it('names the commit, shortly', () => {
    const history = { gate, commit: 'a'.repeat(40), descends: false };
    expect(assess(made, policies, moment, history)).toEqual([
      {
        code: 'rollback',
        message: say(
          'A later version of the files is live, and this one does not come after it: what was merged since would be undone.',
        ),
        detail: 'The tables hold commit bbbbbbbbbbbb, and aaaaaaaaaaaa does not come after it.',
        about: [{ name: 'a'.repeat(12), outcome: 'a'.repeat(40) }],
      },
    ]);
  });
});

describe('rollback', () => {
  const made = plan(rowsOfRevision(records(four)), records(four), moment, { pruneForeign: false });
  const gate = { state: 'closed', number: 7, commit: 'b'.repeat(40), run: '', at: 0 } as const;
  const behind =
    'A later version of the files is live, and this one does not come after it: what was merged since would be undone.';
  const file = 'aliases/example.com.yml';
  const one = `${file} has changes that were not committed.`;

  it.each([
    ['one file', undefined, undefined, true, [file], one, [file]],
    ['one file of the commit synced', gate, gate.commit, true, [file], one, [file]],
    [
      'two files',
      gate,
      'a',
      true,
      [file, 'x.yml'],
      `${file} and x.yml have changes that were not committed.`,
      [file, 'x.yml'],
    ],
    [
      'one file of a commit that is behind',
      gate,
      'a'.repeat(40),
      false,
      [file],
      `${behind} ${one}`,
      ['a'.repeat(12), file],
    ],
  ] as const)(
    'names what was not committed where that is %s',
    (_, given, commit, descends, uncommitted, message, names) => {
      const history = { gate: given, commit, descends, uncommitted };
      const [reason, ...more] = assess(made, policies, moment, history);
      expect(more).toEqual([]);
      expect(reason?.code).toBe('rollback');
      expect(reason && wordsOf(reason.message, 'en')).toBe(message);
      expect(reason?.about.map(({ name }) => name)).toEqual(names);
    },
  );
});

describe('editedOutside', () => {
  const written: Definition = {
    domain: 'example.com',
    alias: 'a',
    destinations: [four.a],
    type: 'person',
    active: true,
  };
  const edited = { ...definitionItem(written), destinations: ['x@m.example'] };
  const kept = records({ a: four.a });
  const { domains } = rowsOfRevision(kept);

  it.each<[string, Record<string, unknown>, Records, string[]]>([
    ['an edit that the files undo', edited, kept, ['edited-outside']],
    ['an edit whose row the files delete', edited, { ...kept, definitions: [] }, ['edited-outside']],
    ['an edit that the files have too', edited, records({ a: 'x@m.example' }), []],
    ['a row whose seal alone is renewed', { ...definitionItem(written), sum: 'other' }, kept, []],
    [
      'a row of others that the files lead elsewhere',
      { ...edited, managedBy: undefined },
      kept,
      ['edited-outside'],
    ],
    [
      'a row of others that the files switch on',
      { ...definitionItem(written), managedBy: undefined, active: false },
      kept,
      ['edited-outside'],
    ],
    [
      'a row of others that the files let expire later',
      { ...definitionItem(written), managedBy: undefined, expires: '2026-12-01' },
      kept,
      ['edited-outside'],
    ],
    [
      'a row of others that the files only describe otherwise',
      { ...definitionItem(written), managedBy: undefined, description: 'x' },
      kept,
      [],
    ],
  ])('judges %s', (_, item, after, expected) => {
    const rows = { definitions: [readDefinition(item)], domains };
    const made = plan(rows, after, moment, { pruneForeign: false });
    expect(made.changes).toHaveLength(1);
    expect(assess(made, policies, moment).map(({ code }) => code)).toEqual(expected);
  });

  it.each([
    [1, /^a0@example\.com was edited .* would be undone\.$/],
    [2, /^a0@example\.com and a1@example\.com were edited .* would be undone\.$/],
    [20, / and a9@example\.com were edited /],
    [21, /, a8@example\.com and 1 more were edited /],
  ])('names the first twenty of %i rows', (count, expected) => {
    const items = Array.from({ length: count }, (_, n) => ({ ...edited, alias: `a${n}` }));
    const rows = { definitions: items.map(readDefinition), domains };
    const made = plan(rows, { ...kept, definitions: [] }, moment, { pruneForeign: false });
    const reasons = assess(made, policies, moment);
    const edits = reasons.filter(({ code }) => code === 'edited-outside');
    expect(edits.map(({ message }) => wordsOf(message, 'en'))).toEqual([expect.stringMatching(expected)]);
  });
});

describe('assessProposal', () => {
  const written: Definition = {
    domain: 'example.com',
    alias: 'a',
    destinations: ['f@example.org'],
    type: 'person',
    active: true,
  };
  const foreign = readDefinition({ domain: 'example.org', alias: 'f', destinations: [four.b] });
  const org = records(ofOrg({ o: four.c }));
  const stored = rowsOfRevision({ definitions: [written, ...org.definitions], domains: [] });
  const rows = { ...stored, definitions: [...stored.definitions, foreign] };
  const propose = (desired: Records, pruneForeign: boolean, mistaken?: Map<string, Message>) => {
    const { plan: made, held } = assessProposal(rows, {
      desired,
      ...(mistaken === undefined ? {} : { mistaken }),
      policy: defaultPolicy,
      moment,
      pruneForeign,
    });
    return {
      held: [...held.keys()],
      deleted: made.changes.filter(({ kind }) => kind === 'delete').map(({ key }) => key.alias),
    };
  };
  const wrong = () =>
    new Map([['example.com', say('{file} has {count, plural, one {an error} other {# errors}}')]]);

  it.each([
    ['that another wrote, where it may go', org, true, undefined, { held: [], deleted: ['a', 'f'] }],
    ['that another wrote, where it stays', org, false, undefined, { held: [], deleted: ['a'] }],
    ['of a held domain', org, false, wrong(), { held: ['example.com'], deleted: [] }],
    ['that a held row refers to', org, true, wrong(), { held: ['example.com', 'example.org'], deleted: [] }],
  ])('judges a row %s', (_, desired, pruneForeign, mistaken, expected) => {
    expect(propose(desired, pruneForeign, mistaken)).toEqual(expected);
  });
});
