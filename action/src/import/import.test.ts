import { describe, expect, it } from 'vitest';
import { readForwardMapping, readPostfix } from './formats.ts';
import { importEntries } from './imported.ts';

/** `alias@domain: destinations` of each definition, and what was left. */
function imported(entries: Parameters<typeof importEntries>[0]) {
  const { definitions, left } = importEntries(entries);
  return {
    aliases: definitions.map(
      ({ alias, domain, destinations }) => `${alias}@${domain}: ${destinations.join(' ')}`,
    ),
    left,
  };
}

describe('a Postfix virtual file', () => {
  it.each([
    ['a list with commas, spaces or both', 'a@x.org b@m.example, c@m.example d@m.example,e@m.example\n'],
    [
      'continuation lines, with a comment between',
      'a@x.org b@m.example,\n  c@m.example\n# x\n\td@m.example e@m.example\n',
    ],
    ['CRLF', 'a@x.org b@m.example,\r\n c@m.example d@m.example e@m.example\r\n'],
  ])('has %s', (_, text) => {
    expect(imported(readPostfix(text))).toEqual({
      aliases: ['a@x.org: b@m.example c@m.example d@m.example e@m.example'],
      left: [],
    });
  });

  it('has catch-alls, and lines that only declare a domain', () => {
    expect(imported(readPostfix('x.org anything\nM\u00fcller.example x\n@x.org c@m.example\n'))).toEqual({
      aliases: ['*@x.org: c@m.example'],
      left: [],
    });
  });

  it('names what an alias cannot say, on its line', () => {
    const text =
      'local a@m.example\nlo"cal a@m.example\n@y.org @x.org\nroot@x.org root, a@m.example\np@x.org "|/bin/cat"\n';
    expect(imported(readPostfix(text))).toEqual({
      aliases: ['root@x.org: a@m.example'],
      left: [
        'line 1: `local` is left out: it has no domain.',
        'line 2: `lo"cal` is left out: `"` is not allowed in an address.',
        'line 3: the destination `@x.org` is left out: there is nothing before the `@`.',
        'line 3: `@y.org` is left out: it has no destination.',
        'line 4: the destination `root` is left out: it has no `@`.',
        'line 5: the destination `"|/bin/cat"` is left out: it has no `@`.',
        'line 5: `p@x.org` is left out: it has no destination.',
      ],
    });
  });

  it('adds nobody from a second entry, which Postfix does not read', () => {
    expect(imported(readPostfix('a@x.org b@m.example\nA@X.org c@m.example\n'))).toEqual({
      aliases: ['a@x.org: b@m.example'],
      left: ['line 2: `A@X.org` is left out: it is defined twice, and only the first counts.'],
    });
  });
});

describe('chains', () => {
  const chains = (mapping: Record<string, string[]>) => {
    const { definitions, notes } = importEntries(readForwardMapping(JSON.stringify(mapping)));
    return {
      aliases: definitions.map(({ alias, destinations }) => `${alias}: ${destinations.join(' ')}`),
      notes,
    };
  };

  it('of a forwardMapping say whose mail takes another way', () => {
    expect(chains({ 'info@x.org': ['john@x.org', 'a@m.example'], 'john@x.org': ['j@m.example'] })).toEqual({
      aliases: ['info: john@x.org a@m.example', 'john: j@m.example'],
      notes: [
        'Mail to info@x.org goes on to the mailboxes of john@x.org, at once; it is no longer sent to that address first.',
      ],
    });
  });

  it('that end at the catch-all lead to its mailboxes', () => {
    expect(
      chains({ 'info@x.org': ['foo@x.org', 'a@m.example'], '@x.org': ['a@m.example', 'b@m.example'] }),
    ).toEqual({
      aliases: ['info: a@m.example b@m.example', '*: a@m.example b@m.example'],
      notes: [
        'Mail to info@x.org goes on to the mailboxes of the catch-all, which took mail to foo@x.org, at once; it is no longer sent to that address first.',
      ],
    });
  });

  it('that end nowhere are left to the check', () => {
    expect(chains({ 'info@x.org': ['foo@x.org', 'a@m.example'] })).toEqual({
      aliases: ['info: foo@x.org a@m.example'],
      notes: [],
    });
  });
});

describe('a forwardMapping', () => {
  const read = (mapping: unknown) => imported(readForwardMapping(JSON.stringify(mapping)));

  it('stands alone or in a configuration, with lists or texts', () => {
    const mapping = { 'a@x.org': ['b@m.example'], 'c@x.org': 'd@m.example', '@x.org': ['e@m.example'] };
    const expected = {
      aliases: ['a@x.org: b@m.example', 'c@x.org: d@m.example', '*@x.org: e@m.example'],
      left: [],
    };
    expect(read(mapping)).toEqual(expected);
    expect(read({ fromEmail: 'x', forwardMapping: mapping })).toEqual(expected);
  });

  it.each([
    ['info', 'it has no domain'],
    ['@', 'there is nothing after the `@`'],
    ['Info@x.org', 'it contains capitals, so no mail ever matched it'],
    ['"a b"@x.org', 'quoted names are not supported'],
  ])('has the key %j listed with its reason', (key, reason) => {
    expect(read({ [key]: ['b@m.example'] })).toEqual({
      aliases: [],
      left: [`\`${key}\`: \`${key}\` is left out: ${reason}.`],
    });
  });

  it.each(['[]', 'null', '7', '{'])('is not %j', (text) => {
    expect(() => readForwardMapping(text)).toThrow(/The file/);
  });
});
