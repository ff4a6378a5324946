import { describe, expect, it } from 'vitest';
import { check, type SourceFile } from '../../../schema/src/check.ts';
import { wordsOf } from '../../../schema/src/messages/message.ts';
import { rowsOfRevision } from '../plan/change.ts';
import { plan } from '../plan/plan.ts';
import { type ChangeMeaning, meaningOf, meansNothing } from './changeMeaning.ts';
import type { Recipient } from './people.ts';

const moment = { today: '2026-11-24', reserved: [] };

/** The aliases of example.com, a line each, and what stands above them. */
function filesOf(aliases: string, above = ''): SourceFile[] {
  const text = `domain: example.com\n${above}aliases:\n${aliases.replace(/^/gm, '  ')}\n`;
  const file = { name: 'example.com.yml', path: 'aliases/example.com.yml', kind: 'file' } as const;
  return [{ ...file, bytes: Buffer.from(text) }];
}

function meaning(before: readonly SourceFile[], after: readonly SourceFile[]): ChangeMeaning {
  const [was, is] = [before, after].map((files) => check(files, { ...moment, folder: 'aliases' }));
  if (was === undefined || is === undefined) throw new Error('both are checked');
  const made = plan(rowsOfRevision(was.records), is.records, moment, { pruneForeign: false });
  return meaningOf(made, moment);
}

const shown = (recipients: readonly Recipient[]): string[] =>
  recipients.map((one) => {
    if (one.kind === 'mailbox') return one.address;
    return one.kind === 'person' ? one.name : `${one.name} (${one.count})`;
  });

/** Address, until now, from now on, why. */
const told = ({ addresses }: ChangeMeaning) =>
  addresses.map(({ address, before, after, why }) => [
    address,
    shown(before),
    shown(after),
    wordsOf(why, 'en'),
  ]);

const people = `jane: { destinations: [jane.roe@home.test] }
john: { destinations: [john@home.test] }
ada: { destinations: [ada@home.test] }`;
const board = `${people}
board: { type: group, destinations: [jane, john] }`;
const press = `${board}
press: { type: group, destinations: [board] }`;

type Told = [string, string[], string[], string][];

describe('an address whose mail goes elsewhere', () => {
  it.each<[string, string, string, Told]>([
    [
      'a group that gets a member',
      board,
      board.replace('[jane, john]', '[jane, john, ada]'),
      [['board@example.com', ['jane', 'john'], ['ada', 'jane', 'john'], 'its destinations change']],
    ],
    [
      'a group that names a mailbox for which an alias stands',
      board,
      board.replace('[jane, john]', '[jane, ada@home.test]'),
      [['board@example.com', ['john', 'jane'], ['ada', 'jane'], 'its destinations change']],
    ],
    [
      'a group of a group that changes in number',
      press,
      press.replace('[jane, john]', '[jane, john, ada]'),
      [
        ['board@example.com', ['jane', 'john'], ['ada', 'jane', 'john'], 'its destinations change'],
        ['press@example.com', ['board (2)'], ['board (3)'], 'board changes'],
      ],
    ],
    [
      'a group of a group that changes in persons alone',
      press,
      press.replace('[jane, john]', '[jane, ada]'),
      [
        ['board@example.com', ['john', 'jane'], ['ada', 'jane'], 'its destinations change'],
        ['press@example.com', ['john', 'jane'], ['ada', 'jane'], 'board changes'],
      ],
    ],
    [
      'a person who moves',
      board,
      board.replace('jane.roe@home.test', 'jane.roe@away.test'),
      [
        ['board@example.com', ['jane.roe@home.test', 'john'], ['jane.roe@away.test', 'john'], 'jane changes'],
        ['jane@example.com', ['jane.roe@home.test'], ['jane.roe@away.test'], 'its destinations change'],
      ],
    ],
    [
      'a new alias',
      people,
      `${people}\ninfo: { destinations: [jane] }`,
      [['info@example.com', [], ['jane'], 'its line is new']],
    ],
    [
      'a new alias whose mail "*" took',
      `${people}\n"*": { destinations: [john] }`,
      `${people}\n"*": { destinations: [john] }\ninfo: { destinations: [jane] }`,
      [['info@example.com', ['john'], ['jane'], 'its line is new; until now "*" took its mail']],
    ],
    [
      'a line that is gone',
      `${people}\ninfo: { destinations: [jane] }`,
      people,
      [['info@example.com', ['jane'], [], 'its line is gone']],
    ],
    [
      'a line that is gone where "*" takes the mail',
      `${people}\n"*": { destinations: [john] }\ninfo: { destinations: [jane] }`,
      `${people}\n"*": { destinations: [john] }`,
      [['info@example.com', ['jane'], ['john'], 'its line is gone, and "*" takes its mail']],
    ],
    [
      'an alias that is switched off, and a group that it was in',
      board,
      board.replace('john: {', 'john: { active: false,'),
      [
        ['board@example.com', ['john', 'jane'], ['jane'], 'john changes'],
        ['john@example.com', ['john@home.test'], [], 'switched off'],
      ],
    ],
    [
      'an alias that is switched on',
      `${people}\ninfo: { active: false, destinations: [jane] }`,
      `${people}\ninfo: { destinations: [jane] }`,
      [['info@example.com', [], ['jane'], 'switched on']],
    ],
    [
      'an alias whose last day is over',
      `${people}\ninfo: { destinations: [jane] }`,
      `${people}\ninfo: { destinations: [jane], expires: 2026-11-24 }`,
      [['info@example.com', ['jane'], [], 'its last day is over']],
    ],
    [
      'an alias that works for longer',
      `${people}\ninfo: { destinations: [jane], expires: 2026-11-01 }`,
      `${people}\ninfo: { destinations: [jane], expires: 2027-11-01 }`,
      [['info@example.com', [], ['jane'], 'it works for longer']],
    ],
    [
      'a person who is renamed, and is not called by the other name',
      'john: { destinations: [john@home.test] }',
      'smith: { destinations: [john@home.test] }',
      [
        ['john@example.com', ['john@home.test'], [], 'its line is gone'],
        ['smith@example.com', [], ['john@home.test'], 'its line is new'],
      ],
    ],
    [
      'an office, which stands for nobody',
      'postmaster: { destinations: [jane@home.test] }\na: { destinations: [x@home.test] }',
      'postmaster: { destinations: [jane@home.test] }\na: { destinations: [jane@home.test] }',
      [['a@example.com', ['x@home.test'], ['jane@home.test'], 'its destinations change']],
    ],
  ])('is told where it is %s', (_, before, after, expected) => {
    expect(told(meaning(filesOf(before), filesOf(after)))).toEqual(expected);
  });

  it('is called after the alias that its holder is called by, and not after an office', () => {
    const before = `chair: { destinations: [zoe@home.test] }\nzoe: { destinations: [zoe@home.test] }`;
    const after = `${before}\ninfo: { destinations: [zoe@home.test] }`;
    expect(told(meaning(filesOf(before), filesOf(after)))).toEqual([
      ['info@example.com', [], ['zoe'], 'its line is new'],
    ]);
  });

  it.each([
    ['people', 'person, has one mailbox', '[john@home.test]', 'group (2 people)'],
    ['mailboxes', 'person, has several', '[john@home.test, john@work.test]', 'group (3 mailboxes)'],
  ])('is counted by %s where each, a %s', (of, _, mailboxes, expected) => {
    const before = board.replace('[john@home.test]', mailboxes);
    const [change] = meaning(
      filesOf(before),
      filesOf(`${before}\nnews: { destinations: [board] }`),
    ).addresses;
    const [group] = change?.after ?? [];
    if (group?.kind !== 'group') throw new Error('the board is a group');
    expect(`${group.kind} (${group.count} ${group.of})`).toBe(expected);
    expect(group.of).toBe(of);
  });

  it('names who comes and who goes, one by one', () => {
    const [, change] = meaning(
      filesOf(press),
      filesOf(press.replace('[jane, john]', '[jane, ada]')),
    ).addresses;
    expect([shown(change?.come ?? []), shown(change?.gone ?? [])]).toEqual([['ada'], ['john']]);
  });
});

describe('what changes besides', () => {
  const remarksOf = (before: readonly SourceFile[], after: readonly SourceFile[]) => {
    const { remarks, counts } = meaning(before, after);
    return { counts, remarks: remarks.map((remark) => wordsOf(remark, 'en')) };
  };
  const none = { new: 0, other: 0, gone: 0 };

  it.each<[string, string, string, string[]]>([
    [
      'a description',
      'jane: {',
      'jane: { description: Chair,',
      ['jane@example.com: the description changes.'],
    ],
    [
      'an owner and a type',
      'jane: {',
      'jane: { type: function, owner: jane,',
      ['jane@example.com: the type and the owner change.'],
    ],
    [
      'the order of destinations',
      '[jane, john]',
      '[john, jane]',
      ['board@example.com: the list of its destinations changes.'],
    ],
    ['nothing', 'jane: {', 'jane:   {', []],
    ['a comment', 'jane: {', '# Chair\njane: {', []],
  ])('is %s', (_, from, to, remarks) => {
    expect(remarksOf(filesOf(board), filesOf(board.replace(from, to)))).toEqual({ counts: none, remarks });
  });

  it.each<[string, string, string, string[]]>([
    [
      'a stricter filter',
      '',
      'filter: strict\n',
      ['Mail to example.com is checked more strictly: the filter becomes “strict”.'],
    ],
    [
      'a milder filter',
      'filter: strict\n',
      '',
      ['Mail to example.com is checked less strictly: the filter is no longer “strict”.'],
    ],
    ['another filter', '', 'filter: { spf: ignore }\n', ['The filter for mail to example.com changes.']],
    [
      'another name of the domain',
      '',
      'aliasDomains: [example.net]\n',
      [
        'example.net becomes another name for example.com: mail to an address there goes where it goes at example.com.',
      ],
    ],
    [
      'a name that is given up',
      'aliasDomains: [example.net]\n',
      '',
      ['example.net is given up: mail to any address there reaches nobody.'],
    ],
  ])('is %s', (_, before, after, remarks) => {
    expect(remarksOf(filesOf(board, before), filesOf(board, after))).toEqual({ counts: none, remarks });
  });

  const org = { name: 'example.org.yml', path: 'aliases/example.org.yml', kind: 'file' } as const;
  const orgFile = (above: string): SourceFile => ({
    ...org,
    bytes: Buffer.from(`domain: example.org\n${above}aliases:\n  jane: { destinations: [jane@home.test] }\n`),
  });

  it.each<[string, SourceFile[], SourceFile[], string[]]>([
    [
      'a name that moves to another domain',
      [...filesOf(board, 'aliasDomains: [example.net]\n'), orgFile('')],
      [...filesOf(board), orgFile('aliasDomains: [example.net]\n')],
      [
        'example.net becomes another name for example.org instead of example.com: mail to an address there goes where it goes at example.org.',
      ],
    ],
    [
      'a domain that becomes a name of another',
      [...filesOf(board), orgFile('')],
      filesOf(board, 'aliasDomains: [example.org]\n'),
      [
        'example.org has no addresses of its own any more and becomes another name for example.com: mail to an address there goes where it goes at example.com.',
      ],
    ],
  ])('is %s', (_, before, after, remarks) => {
    const was = remarksOf(before, after);
    expect(was.remarks).toEqual(remarks);
    expect(meaning(before, after).domains.moved).toHaveLength(1);
  });

  it.each([
    [
      'new, and reaches nobody',
      board,
      `${board}\nold: { active: false, destinations: [jane] }`,
      'old@example.com is new and reaches nobody yet.',
    ],
    [
      'new, and was taken by "*" to the same people',
      `${board}\n"*": { destinations: [jane] }`,
      `${board}\n"*": { destinations: [jane] }\ninfo: { destinations: [jane] }`,
      'info@example.com gets a line of its own; the same people as before get its mail.',
    ],
    [
      'gone, and "*" leads to the same people',
      `${board}\n"*": { destinations: [jane] }\ninfo: { destinations: [jane] }`,
      `${board}\n"*": { destinations: [jane] }`,
      'info@example.com has no line of its own any more; the same people as before get its mail.',
    ],
    [
      'gone, and reached nobody',
      `${board}\nold: { active: false, destinations: [jane] }`,
      board,
      'old@example.com is removed; it reached nobody.',
    ],
  ])('is a line that is %s', (_, before, after, remark) => {
    expect(remarksOf(filesOf(before), filesOf(after)).remarks).toEqual([remark]);
  });

  it.each<[string, string, string, { come: string[]; moved: string[]; gone: string[] }]>([
    ['comes', '', 'aliasDomains: [example.net]\n', { come: ['example.net'], moved: [], gone: [] }],
    ['goes', 'aliasDomains: [example.net]\n', '', { come: [], moved: [], gone: ['example.net'] }],
    [
      'stays',
      'aliasDomains: [example.net]\n',
      'filter: strict\naliasDomains: [example.net]\n',
      { come: [], moved: [], gone: [] },
    ],
  ])('is a domain that %s', (_, before, after, domains) => {
    expect(meaning(filesOf(board, before), filesOf(board, after)).domains).toEqual(domains);
  });

  it('is nothing where nothing is', () => {
    expect(meansNothing(meaning(filesOf(board), filesOf(board)))).toBe(true);
    expect(meansNothing(meaning(filesOf(board), filesOf(people)))).toBe(false);
  });

  it('is the other names of the domains whose addresses change', () => {
    const names = 'aliasDomains: [example.net, example.org]\n';
    const { alsoAt } = meaning(filesOf(board, names), filesOf(people, names));
    expect(alsoAt).toEqual([{ domain: 'example.com', names: ['example.net', 'example.org'] }]);
    expect(meaning(filesOf(board), filesOf(people, names)).alsoAt).toEqual([]);
  });
});

describe('what later days bring', () => {
  const until = (day: string) => board.replace('john: {', `john: { expires: ${day},`);

  it.each<[string, string, string, [string, string[], [string[], string[]][]][]]>([
    [
      'a new date',
      board,
      until('2027-01-31'),
      [['2027-01-31', ['john@example.com'], [[['board@example.com'], ['john']]]]],
    ],
    [
      'another date',
      until('2027-06-30'),
      until('2027-01-31'),
      [['2027-01-31', ['john@example.com'], [[['board@example.com'], ['john']]]]],
    ],
    [
      'a date that stood before',
      until('2027-06-30'),
      `${until('2027-06-30')}\ninfo: { destinations: [ada] }`,
      [],
    ],
    ['a date that is over', board, until('2026-11-24'), []],
    [
      'a date of what is switched off',
      board,
      board.replace('john: {', 'john: { active: false, expires: 2027-01-31,'),
      [],
    ],
  ])('is told of %s', (_, before, after, expected) => {
    const { endings } = meaning(filesOf(before), filesOf(after));
    const brought = endings.map(({ day, stops, loses }) => [
      day.toISOString().slice(0, 10),
      stops,
      loses.map(({ addresses, people }) => [addresses, shown(people)]),
    ]);
    expect(brought).toEqual(expected);
  });

  it('is told of a date that is moved', () => {
    const { remarks } = meaning(filesOf(until('2027-06-30')), filesOf(until('2027-01-31')));
    expect(remarks.map((remark) => wordsOf(remark, 'en'))).toEqual([
      'Until now john@example.com was to stop on 30 June 2027.',
    ]);
  });

  it('is told of a date that is taken away', () => {
    const { remarks, endings } = meaning(filesOf(until('2027-01-31')), filesOf(board));
    expect(remarks.map((remark) => wordsOf(remark, 'en'))).toEqual([
      'john@example.com no longer stops on 31 January 2027.',
    ]);
    expect(endings).toEqual([]);
  });
});

describe('a drawing', () => {
  const chain = `${press}\nall: { type: group, destinations: [press, ada] }`;

  it.each<[string, string, string, boolean]>([
    ['one group', board, board.replace('[jane, john]', '[jane]'), false],
    ['three steps', chain, chain.replace('[jane, john]', '[john, ada]'), true],
    [
      'three groups',
      people,
      `${people}\n${['a', 'b', 'c'].map((name) => `${name}: { type: group, destinations: [jane, john] }`).join('\n')}`,
      true,
    ],
    [
      'two groups',
      people,
      `${people}\n${['a', 'b'].map((name) => `${name}: { type: group, destinations: [jane, john] }`).join('\n')}`,
      false,
    ],
  ])('is made of %s: %#', (_, before, after, isDrawn) => {
    expect(meaning(filesOf(before), filesOf(after)).drawing !== undefined).toBe(isDrawn);
  });

  it('has each step once, and tells what comes from what goes', () => {
    const { drawing } = meaning(filesOf(chain), filesOf(chain.replace('[jane, john]', '[john, ada]')));
    const arrows = drawing?.arrows.map(({ from, to, kind }) => `${shown([from])} ${kind} ${shown([to])}`);
    expect(arrows?.toSorted()).toEqual([
      'all kept ada',
      'all kept press',
      'board gone jane',
      'board kept john',
      'board new ada',
      'press kept board',
    ]);
  });
});
