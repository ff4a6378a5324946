import { describe, expect, it } from 'vitest';
import { type CheckOptions, check, type SourceFile } from './check.ts';
import { defaultPolicy } from './files/policy.ts';

const options: CheckOptions = {
  today: '2026-11-24',
  reserved: ['forwarder-daemon', 'mailer-daemon'],
  folder: 'aliases',
};

function files(texts: Readonly<Record<string, string>>): SourceFile[] {
  return Object.entries(texts).map(([name, text]) => ({
    name,
    path: `aliases/${name}`,
    kind: 'file',
    bytes: new TextEncoder().encode(text),
  }));
}

/** `FILE:line:column severity code`, roles and their lack aside. */
function findings(texts: Readonly<Record<string, string>>, more: Partial<CheckOptions> = {}): string[] {
  return check(files(texts), { ...options, ...more })
    .diagnostics.filter(({ code }) => code !== 'missing-role')
    .map(
      ({ file, start, severity, code }) =>
        `${file.slice('aliases/'.length)}:${start.line}:${start.column} ${severity} ${code}`,
    );
}

const nothing = new Uint8Array();
const jane = 'domain: example.com\naliases:\n  jane:\n    destinations: [jane@mailbox.example]\n';

describe('the folder', () => {
  it('without a domain file is an error, at the folder', () => {
    const { diagnostics } = check(files({ 'README.md': 'hello', '_policy.yml': 'protected: {}\n' }), options);
    expect(diagnostics).toMatchObject([{ code: 'no-files', file: 'aliases', start: { line: 1, column: 1 } }]);
  });

  it('may hold other files', () => {
    expect(findings({ 'example.com.yml': jane, 'README.md': '\t[', '.draft.yml': '[' })).toEqual([]);
  });

  it('holds no file that is meant to be read and is not', () => {
    const found = check(
      [
        ...files({ 'example.com.yml': jane, 'example.net': jane, 'example.com.yml.bak': jane }),
        {
          name: 'new/example.org.yml',
          path: 'aliases/new/example.org.yml',
          kind: 'misplaced',
          bytes: nothing,
        },
        { name: 'old.example', path: 'aliases/old.example', kind: 'directory', bytes: nothing },
      ],
      options,
    ).diagnostics.filter(({ code }) => code !== 'missing-role');
    expect(found.map(({ file, severity, code, help }) => [file, severity, code, help])).toEqual([
      [
        'aliases/example.com.yml.bak',
        'error',
        'file-name',
        'delete it, since there is a `example.com.yml` already',
      ],
      ['aliases/example.net', 'error', 'file-name', 'rename it to `example.net.yml`, or delete it'],
      [
        'aliases/new/example.org.yml',
        'error',
        'file-name',
        'move it to `aliases/example.org.yml`, or delete it',
      ],
    ]);
  });

  it('is read in name order: the later file has the mistake', () => {
    const claim = (domain: string) => `domain: ${domain}\naliasDomains: [example.net]\naliases: {}\n`;
    const texts = { 'example.org.yml': claim('example.org'), 'example.com.yml': claim('example.com') };
    expect(findings(texts)).toEqual(['example.org.yml:2:16 error alias-domain']);
  });
});

describe('a file that was not read', () => {
  it('does not stop the others, and what refers to it is not judged', () => {
    const board = 'domain: example.com\naliases:\n  board:\n    destinations: [press@example.org]\n';
    expect(findings({ 'example.com.yml': board, 'example.org.yml': 'domain: [\n' })).toEqual([
      'example.org.yml:1:9 error yaml-bracket',
    ]);
  });

  it('may have had the shared alias that a reference means', () => {
    const board = 'domain: example.com\naliases:\n  board:\n    destinations: [office]\n';
    expect(findings({ 'example.com.yml': board, '_shared.yml': 'aliases: 7\n' })).toEqual([
      '_shared.yml:1:10 error wrong-type',
    ]);
  });
});

describe('what only follows from another mistake is not told', () => {
  const head = 'domain: example.com\naliases:\n';
  const one = (name: string, ...destinations: string[]) =>
    `  ${name}:\n    destinations: [${destinations.join(', ')}]\n`;
  const jane = one('jane', 'jane@home.example');
  const policy = 'protected:\n  board: 2\n';

  it.each<[string, Readonly<Record<string, string>>, readonly string[]]>([
    [
      'a reference to an alias with a mistake of shape',
      { 'example.com.yml': `${head}${one('board', 'jane')}  jane:\n    type: persn\n    destinations: []\n` },
      ['example.com.yml:6:11 error wrong-value'],
    ],
    [
      'a reference to it with a subaddress',
      { 'example.com.yml': `${head}${one('board', 'jane+x')}  jane: 7\n` },
      ['example.com.yml:5:9 error wrong-type'],
    ],
    [
      'a reference to an alias that is indented as a field',
      { 'example.com.yml': `${head}${one('board', 'jane')}  office:\n    jane:\n      destinations: []\n` },
      ['example.com.yml:5:3 error missing-key', 'example.com.yml:6:5 error unknown-key'],
    ],
    [
      'a reference to an alias that stands too far out',
      { 'example.com.yml': `${head}${one('board', 'jane')}jane:\n  destinations: [jane@home.example]\n` },
      ['example.com.yml:5:1 error unknown-key'],
    ],
    [
      'a reference to an alias whose name is not valid',
      { 'example.com.yml': `${head}${one('board', 'jane.doe')}${one('jane doe', 'jane@home.example')}` },
      ['example.com.yml:5:3 error alias-name'],
    ],
    [
      'a reference to a shared alias with a mistake of shape',
      { 'example.com.yml': `${head}${one('board', 'office')}`, '_shared.yml': 'aliases:\n  office: 7\n' },
      ['_shared.yml:2:11 error wrong-type'],
    ],
    [
      'a reference to an alias domain of a file that is no YAML',
      {
        'example.com.yml': `${head}${one('board', 'press@example.net')}`,
        'example.org.yml': 'domain: example.org\naliasDomains: [example.net\naliases: {}\n',
        '_policy.yml': 'allowedDomains: [home.example]\n',
      },
      ['example.org.yml:2:15 error yaml-bracket'],
    ],
    [
      'a protected alias with a mistake of shape',
      { 'example.com.yml': `${head}  board: {destination: [jane]}\n${jane}`, '_policy.yml': policy },
      ['example.com.yml:3:3 error missing-key', 'example.com.yml:3:11 error unknown-key'],
    ],
    [
      'a protected alias with members that have a comma too few',
      { 'example.com.yml': `${head}${one('board', 'jane mia@home.example')}${jane}`, '_policy.yml': policy },
      ['example.com.yml:4:20 error destination'],
    ],
    [
      'a protected alias with a misspelt member',
      { 'example.com.yml': `${head}${one('board', 'jane', 'jnae')}${jane}`, '_policy.yml': policy },
      ['example.com.yml:4:26 error undefined-reference'],
    ],
    [
      'a protected alias with a member in a file that is no YAML',
      {
        'example.com.yml': `${head}${one('board', 'all@example.org')}`,
        'example.org.yml': '[',
        '_policy.yml': policy,
      },
      ['example.org.yml:1:1 error yaml-syntax'],
    ],
    [
      'a shared alias in place of one with a mistake of shape',
      {
        'example.com.yml': `${head}  board: {type: x, destinations: []}\n`,
        '_shared.yml': `aliases:\n${one('board', 'jane@home.example')}`,
        '_policy.yml': policy,
      },
      ['example.com.yml:3:17 error wrong-value'],
    ],
  ])('%s', (_, texts, expected) => {
    expect(findings(texts)).toEqual(expected);
  });

  it('but what is wrong in any case is, beside a mistake of shape', () => {
    const text = `${head}  jane: 7\n${one('board', 'jnae', 'a@gmial.com')}  mia doe: {destinations: []}\n`;
    expect(findings({ 'example.com.yml': text, '_policy.yml': 'protected: {chair: 1}\n' })).toEqual([
      'example.com.yml:1:9 error protected-alias',
      'example.com.yml:3:9 error wrong-type',
      'example.com.yml:5:20 error undefined-reference',
      'example.com.yml:5:26 warning provider-typo',
      'example.com.yml:6:3 error alias-name',
    ]);
  });

  it('and a protected alias that is too small without any other mistake is', () => {
    const texts = { 'example.com.yml': `${head}${one('board', 'jane')}${jane}`, '_policy.yml': policy };
    expect(findings(texts)).toEqual(['example.com.yml:3:3 error protected-alias']);
  });

  it.each([
    [
      'the filter',
      `${head.replace('aliases', 'filter: all\naliases')}`,
      ['wrong-value', 'undefined-reference'],
    ],
    ['the domain', head.replace('example.com', '[]'), ['wrong-type']],
    ['the alias domains', `aliasDomains: example.net\n${head}`, ['wrong-type']],
    ['another field', `aliasdomains: [example.net]\n${head}`, ['unknown-key']],
    ['a field that stands twice', `domain: example.com\n${head}`, ['duplicate-key']],
  ])(
    'where %s is wrong, the aliases are judged if that cannot explain what is found',
    (_, start, expected) => {
      const found = findings({ 'example.com.yml': `${start}${one('board', 'nobody')}` });
      expect(found.map((one) => one.split(' ')[2])).toEqual(expected);
    },
  );
});

describe('a person who is removed, but is in groups', () => {
  const group = '  board:\n    destinations:\n      - mia\n      - jane\n';
  const mia = '  mia:\n    destinations: [mia@home.example]\n';
  const before = `domain: example.com\naliasDomains: [example.net]\naliases:\n  jane:\n    destinations: [jane@home.example]\n  janet:\n    destinations: [janet@home.example]\n${mia}${group}`;
  const after = before.replace(/ {2}jane:\n.*\n/, '');
  const told = (text: string, base?: string) =>
    check(files({ 'example.com.yml': text }), {
      ...options,
      ...(base === undefined ? {} : { base: files({ 'example.com.yml': base }) }),
    })
      .diagnostics.filter(({ code }) => code === 'undefined-reference')
      .map(({ message, help }) => [message, help]);

  it('is named with the group and the line, and nobody else is suggested', () => {
    const expected = (written: string) => [
      [
        `\`${written}\` is no longer an alias of example.com, but \`board\` still lists it.`,
        'take it out of `board`, line 11, or define it under `aliases:` again',
      ],
    ];
    expect(told(after, before)).toEqual(expected('jane'));
    for (const written of ['Jane', 'jane+lists', 'jane@example.net']) {
      const otherwise = (text: string) => text.replace('- jane', `- ${written}`);
      expect(told(otherwise(after), otherwise(before))).toEqual(expected(written));
    }
  });

  it('is a typing error where nobody was removed, or it is not known', () => {
    const meant = [['`jane` is not an alias of example.com.', 'did you mean `janet`?']];
    expect(told(after)).toEqual(meant);
    expect(told(after, after)).toEqual(meant);
  });

  it('may be taken out where no name is alike', () => {
    const text = after.replace('- jane', '- treasurer');
    const help =
      'take it out of `board`, line 11, or define it under `aliases:`; for a mailbox elsewhere, write its full address, such as `jane@gmail.com`';
    expect(told(text, before)).toEqual([['`treasurer` is not an alias of example.com.', help]]);
  });
});

describe('shared aliases', () => {
  const shared = 'aliases:\n  postmaster:\n    type: function\n    destinations: [jane]\n';

  it('are of every domain that does not define them itself', () => {
    const org = 'domain: example.org\naliases:\n  Postmaster:\n    destinations: [ada@mailbox.example]\n';
    const { records } = check(
      files({ '_shared.yml': shared, 'example.com.yml': jane, 'example.org.yml': org }),
      options,
    );
    expect(
      records.definitions.map(({ domain, alias, destinations }) => [domain, alias, ...destinations]),
    ).toEqual([
      ['example.com', 'jane', 'jane@mailbox.example'],
      ['example.com', 'postmaster', 'jane'],
      ['example.org', 'postmaster', 'ada@mailbox.example'],
    ]);
  });

  it('have their mistakes told once, where they stand', () => {
    const empty = (domain: string) => `domain: ${domain}\naliases: {}\n`;
    const texts = {
      '_shared.yml': shared,
      'example.com.yml': empty('example.com'),
      'example.org.yml': empty('example.org'),
    };
    expect(findings(texts)).toEqual(['_shared.yml:4:20 error undefined-reference']);
  });
});

describe('time', () => {
  const until = (day: string) => `${jane}    expires: ${day}\n  all:\n    destinations: [jane]\n`;

  it('alone never makes an error', () => {
    expect(findings({ 'example.com.yml': until('2026-11-24') })).toEqual([
      'example.com.yml:5:14 warning expired',
      'example.com.yml:6:3 warning nobody',
      'example.com.yml:7:20 warning inactive-reference',
    ]);
  });

  it('does when the change sets a past date', () => {
    const base = files({ 'example.com.yml': until('2030-01-01') });
    expect(findings({ 'example.com.yml': until('2026-01-01') }, { base })).toContain(
      'example.com.yml:5:14 error expired',
    );
  });

  it('does not when the past date was there before the change', () => {
    const base = files({ 'example.com.yml': until('2026-01-01') });
    expect(findings({ 'example.com.yml': until('2026-01-01') }, { base })).toContain(
      'example.com.yml:5:14 warning expired',
    );
  });
});

describe('policy', () => {
  it('is the default where there is no file, and where the file is silent', () => {
    expect(check(files({ 'example.com.yml': jane }), options).policy).toEqual(defaultPolicy);
    const { policy } = check(
      files({ 'example.com.yml': jane, '_policy.yml': 'guard: {removals: {share: 0.5}}\n' }),
      options,
    );
    expect(policy.guard).toEqual({
      removals: { atLeast: 1, share: 0.5 },
      redirects: { atLeast: 2, share: 0.3 },
    });
  });

  it('lists the domains that may be managed, folded; none where it is silent, and an empty list is a list', () => {
    const domainsOf = (policy: string) =>
      check(files({ 'example.com.yml': jane, '_policy.yml': policy }), options).policy.domains;
    expect(domainsOf('domains: [Example.COM, bücher.example]\n')).toEqual([
      'example.com',
      'xn--bcher-kva.example',
    ]);
    expect(domainsOf('domains: []\n')).toEqual([]);
    expect(domainsOf('protected: {}\n')).toBeUndefined();
  });

  const alias = jane.replace('\n', '\naliasDomains: [example.net]\n');
  it.each<[string, string, string[], Record<string, string>?]>([
    ['the managed domains and a new one', '[example.com, example.net, verein.example]', []],
    ['a text that is no domain', '[example.com, example.net, nowhere]', ['1:37 error domain-name']],
    ['a domain twice', '[example.com, Example.com, example.net]', ['1:24 error policy-name']],
    ['a misspelt domain', '[exmple.com, example.net]', ['1:11 warning policy-name']],
    ['a misspelt alias domain', '[example.com, exampel.net]', ['1:24 warning policy-name']],
    ['what is like a domain that is listed too', '[example.com, exmple.com, example.net]', []],
    ['a domain whose file cannot be read', '[exampel.com, example.net]', [], { 'exampel.com.yml': '[' }],
  ])('judges %s in its list of domains', (_, list, expected, more = {}) => {
    const found = findings({ 'example.com.yml': alias, '_policy.yml': `domains: ${list}\n`, ...more });
    expect(found.filter((one) => one.startsWith('_policy'))).toEqual(
      expected.map((one) => `_policy.yml:${one}`),
    );
  });

  it('refuses a share above 1', () => {
    expect(findings({ 'example.com.yml': jane, '_policy.yml': 'guard: {removals: {share: 25}}\n' })).toEqual([
      '_policy.yml:1:27 error wrong-value',
    ]);
  });
});

it('refuses an alias that the table could not hold', () => {
  const many = Array.from(
    { length: 12_000 },
    (_, n) => `      - some.rather.long.name.${n}@mailbox.example\n`,
  );
  const text = `domain: example.com\naliases:\n  all:\n    destinations:\n${many.join('')}`;
  expect(findings({ 'example.com.yml': text })).toEqual(['example.com.yml:3:3 error item-too-large']);
});

describe('aliases that reach nobody', () => {
  /** Aliases whose names take this many bytes on the domain's row, 4 more for each counted. */
  const named = (bytes: number, fields: string): string => {
    const full = Array.from({ length: Math.floor(bytes / 64) }, (_, n) => `${n}`.padStart(60, 'n'));
    return [...full, 'r'.repeat((bytes % 64) - 4)].map((name) => `  ${name}: {${fields}}\n`).join('');
  };
  const off = 'active: false, destinations: [a@b.example]';
  const over = 'expires: 2026-11-24, destinations: [a@b.example]';
  const through = 'destinations: [gone]';
  const gone = (fields: string) => `  gone: {${fields}}\n`;
  const found = ['example.com.yml:1:9 error too-many-inactive'];

  it.each([
    { what: 'as many as fit', aliases: named(300_000, off), codes: [] },
    { what: 'one byte more', aliases: named(300_001, off), codes: found },
    {
      what: 'one byte more of active ones',
      aliases: named(300_001, 'destinations: [a@b.example]'),
      codes: [],
    },
    {
      what: 'more by time alone',
      aliases: named(300_001, over),
      codes: ['example.com.yml:1:9 warning too-many-inactive'],
    },
    { what: 'more by what they lead to', aliases: `${named(300_000, through)}${gone(off)}`, codes: found },
    {
      what: 'more by what they lead to, which has expired',
      aliases: `${named(300_000, through)}${gone(over)}`,
      codes: ['example.com.yml:1:9 warning too-many-inactive'],
    },
  ])('$what', ({ aliases, codes }) => {
    const text = `domain: example.com\naliases:\n${aliases}`;
    const all = findings({ 'example.com.yml': text });
    expect(all.filter((one) => one.endsWith('too-many-inactive'))).toEqual(codes);
  });

  it('are counted by domain', () => {
    const text = (domain: string) => `domain: ${domain}\naliases:\n${named(200_020, off)}`;
    const both = { 'example.com.yml': text('example.com'), 'example.org.yml': text('example.org') };
    expect(findings(both)).toEqual([]);
  });
});

it('reads a definition as it is stored: folded, in order, own references as written', () => {
  const text = `domain: example.com
aliasDomains: [b\u00fccher.example]
filter: {spf: ignore}
aliases:
  Board:
    type: group
    description: All of us
    destinations: [Jane, x@M\u00fcnchen.example]
    owner: team:board
    expires: 2030-01-01
  jane: {destinations: [a@mailbox.example]}
`;
  const { records, domains, aliases } = check(files({ 'example.com.yml': text }), options);
  expect(records.definitions[0]).toEqual({
    domain: 'example.com',
    alias: 'board',
    destinations: ['jane', 'x@xn--mnchen-3ya.example'],
    type: 'group',
    active: true,
    description: 'All of us',
    owner: 'team:board',
    expires: '2030-01-01',
  });
  expect(records.domains).toEqual([
    { domain: 'example.com', filter: { spf: 'ignore' } },
    { domain: 'xn--bcher-kva.example', aliasfor: 'example.com' },
  ]);
  expect([domains, aliases]).toEqual([1, 2]);
});
