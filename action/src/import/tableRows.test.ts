import { describe, expect, it } from 'vitest';
import { readDefinition, readDomain } from '../../../schema/src/records/records.ts';
import { hasErrors } from '../../../schema/src/text/diagnostic.ts';
import { recordsOf } from '../plan/change.ts';
import { plan } from '../plan/plan.ts';
import { differences } from './imported.ts';
import { importRows } from './tableRows.ts';
import { withoutMistakes } from './withoutMistakes.ts';

const moment = { today: '2026-11-24', reserved: ['forwarder-daemon', 'mailer-daemon'] };
type Item = Readonly<Record<string, unknown>>;

/** Rows as the reference's web UI and people write them. */
const row = (alias: string, destinations: unknown, more: Item = {}): Item => ({
  domain: 'example.com',
  alias,
  destinations,
  active: true,
  type: 'person',
  ...more,
});
const basis = [
  row('postmaster', ['root@home.example']),
  row('abuse', ['postmaster']),
  row('john', ['john@home.example']),
];

function imported(definitions: readonly Item[], domains: readonly Item[] = []) {
  const rows = { definitions: definitions.map(readDefinition), domains: domains.map(readDomain) };
  const read = importRows(rows);
  const { files, checked, left } = withoutMistakes(read, moment, 'aliases');
  const text = files.map(({ name, bytes }) => `${name}\n${Buffer.from(bytes).toString()}`).join('');
  return {
    text,
    checked,
    left: [...read.left, ...left],
    notes: read.notes,
    differs: differences(plan(rows, checked.records, moment, { pruneForeign: false })),
  };
}

describe('rows of the reference', () => {
  it.each<[string, readonly Item[], readonly Item[], readonly string[]]>([
    ['a destination in two forms', [row('board', ['john', 'john@example.com'])], [], []],
    [
      'a destination in two forms, at an alias domain',
      [row('board', ['john@example.net', 'john'])],
      [{ domain: 'example.net', aliasfor: 'example.com' }],
      [],
    ],
    [
      'capitals',
      [row('Board', ['John@Example.com'])],
      [{ domain: 'MyCorp.net', aliasfor: 'Example.com' }],
      [],
    ],
    ['switched off by null', [row('off', ['nobody@home.example'], { active: null })], [], []],
    ['switched off, without destinations', [row('off', [], { active: false })], [], []],
  ])('are carried over whole: %s', (_, definitions, domains, expected) => {
    const { left, differs, checked } = imported([...basis, ...definitions], domains);
    expect(left).toEqual(expected);
    expect(differs).toEqual([]);
    expect(hasErrors(checked.diagnostics)).toBe(false);
    expect(checked.records.definitions).toHaveLength(basis.length + definitions.length);
  });

  it.each<[string, readonly Item[], readonly Item[], readonly string[]]>([
    [
      'a reference to nobody',
      [row('board', ['john', 'nobody'])],
      [],
      ['board@example.com: the destination `nobody` is left out: `nobody` is not an alias of example.com.'],
    ],
    [
      'what is no address',
      [row('board', ['john', 'a b@home.example'])],
      [],
      ['board@example.com: the destination `a b@home.example` is left out: '],
    ],
    ['an alias that reaches nobody', [row('board', [])], [], ['board@example.com is left out: ']],
    [
      'a name that is reserved',
      [row('mailer-daemon', ['john'])],
      [],
      ['mailer-daemon@example.com is left out: '],
    ],
    [
      'a circle',
      [row('a', ['b']), row('b', ['a', 'john'])],
      [],
      [
        'a@example.com: the destination `b` is left out: ',
        'a@example.com is left out: ',
        'b@example.com: the destination `a` is left out: ',
      ],
    ],
    [
      'a domain that is none',
      [row('info', ['x@home.example'], { domain: 'localhost' })],
      [],
      ['localhost is left out: '],
    ],
    [
      'an alias domain of a domain without aliases',
      [],
      [{ domain: 'b.example', aliasfor: 'c.example' }],
      ['The alias domain b.example is left out: c.example, whose mailboxes it has, has no aliases here.'],
    ],
    [
      'an alias domain that has aliases of its own',
      [row('info', ['x@home.example'], { domain: 'example.net' })],
      [{ domain: 'example.net', aliasfor: 'example.com' }],
      ['The alias domain example.net is left out: '],
    ],
    [
      'two rows that mean the same',
      [row(' John', ['other@home.example'])],
      [],
      ['The row ` John@example.com` is left out: another one means the same, and counts.'],
    ],
  ])('are named where they cannot be carried over: %s', (_, definitions, domains, expected) => {
    const { left, checked } = imported([...basis, ...definitions], domains);
    expect(left).toEqual(expected.map((text) => expect.stringContaining(text)));
    expect(checked.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  it('say what means something else than it seems to', () => {
    const { notes, text, left, differs } = imported([
      ...basis,
      row('*', ['john']),
      row('list', ['john'], { type: 'mailinglist' }),
    ]);
    expect(notes).toEqual([
      '*@example.com takes no mail where these rows come from, which know no catch-all: the file says `active: false`. Without that line it takes all mail to names that are not defined.',
      'list@example.com: there is no type `mailinglist`; the file says `person`.',
    ]);
    expect(text).toContain('  "*":\n    type: person\n    active: false\n');
    expect({ left, differs }).toEqual({ left: [], differs: [] });
  });

  it('show the effect of a catch-all that is switched on', () => {
    const rows = { definitions: [...basis, row('*', ['john'])].map(readDefinition), domains: [] };
    const { definitions } = recordsOf(rows);
    const desired = {
      definitions: definitions.map((one) => (one.alias === '*' ? { ...one, active: true } : one)),
      domains: [{ domain: 'example.com' }],
    };
    expect(plan(rows, desired, moment, { pruneForeign: false }).effects).toEqual([
      { address: '*@example.com', before: [], after: ['john@home.example'] },
    ]);
  });
});
