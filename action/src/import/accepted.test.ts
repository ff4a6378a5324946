import { expect, it } from 'vitest';
import { check, type SourceFile } from '../../../schema/src/check.ts';
import {
  definitionItem,
  domainItem,
  readDefinition,
  readDomain,
} from '../../../schema/src/records/records.ts';
import { rollChanges } from '../../../schema/src/records/roll.ts';
import { acceptEdits } from './accepted.ts';

const texts: Readonly<Record<string, string>> = {
  'example.com.yml':
    'domain: example.com\naliasDomains: [example.net]\naliases:\n  ada: { destinations: [ada@home.example] } # chair\n',
  '_shared.yml': 'aliases:\n  abuse: { destinations: [root@home.example] }\n',
};
const files = Object.entries(texts).map(
  ([name, text]): SourceFile => ({ name, path: name, kind: 'file', bytes: Buffer.from(text) }),
);
const checked = check(files, { today: '2026-11-24', reserved: [], folder: '' });
const { definitions, domains } = checked.records;

/** What is accepted after somebody did this to rows that a sync left. */
function accept(
  edit: (items: readonly Record<string, unknown>[]) => readonly Record<string, unknown>[],
  of: 'definitions' | 'domains' = 'definitions',
) {
  const [aliases, names] = [definitions.map(definitionItem), domains.map(domainItem)];
  const rows = {
    definitions: (of === 'definitions' ? edit(aliases) : aliases).map(readDefinition),
    domains: (of === 'domains' ? edit(names) : names).map(readDomain),
    rolls: new Map(
      rollChanges(new Map(), checked.records, new Set()).map(({ domain, roll }) => [
        domain,
        roll ?? new Set<string>(),
      ]),
    ),
  };
  const found = acceptEdits(rows, checked, files);
  return { ...found, files: found.files.map(({ bytes }) => Buffer.from(bytes).toString()) };
}
const without = (name: string) => (items: readonly Record<string, unknown>[]) =>
  items.filter((item) => (item.alias ?? item.domain) !== name);

it('has nothing to accept where nobody did anything, also in a file of another style', () => {
  expect(accept((items) => items)).toEqual({ files: [], accepted: [], left: [] });
});

it.each<[string, ReturnType<typeof accept>, unknown]>([
  [
    'a deleted alias',
    accept(without('ada')),
    {
      files: ['domain: example.com\naliasDomains: [example.net]\naliases: {}\n'],
      accepted: [{ address: 'ada@example.com', kind: 'removed' }],
      left: [],
    },
  ],
  [
    'a deleted alias that all domains share',
    accept(without('abuse')),
    {
      files: [],
      accepted: [],
      left: [
        'abuse@example.com was deleted outside the files, but _shared.yml has it for every domain. Take it out there, or allow edited-outside.',
      ],
    },
  ],
  [
    'an edited alias that all domains share',
    accept((items) =>
      items.map((item) => (item.alias === 'abuse' ? { ...item, destinations: ['x@home.example'] } : item)),
    ),
    {
      files: [expect.stringContaining('  abuse:\n    type: person\n    destinations: [x@home.example]\n')],
      accepted: [{ address: 'abuse@example.com', kind: 'changed' }],
      left: [],
    },
  ],
  [
    'a deleted alias domain',
    accept(without('example.net'), 'domains'),
    {
      files: [],
      accepted: [],
      left: [
        'example.net: its own row was changed outside the files. Bring `domain` and `aliasDomains` up to date by hand.',
      ],
    },
  ],
  [
    'an alias domain that is led elsewhere',
    accept(
      (items) =>
        items.map((item) => (item.aliasfor === undefined ? item : { ...item, aliasfor: 'b.example' })),
      'domains',
    ),
    { files: [], accepted: [], left: [expect.stringMatching(/^example\.net: its own row/)] },
  ],
])('accepts %s', (_, found, expected) => {
  expect(found).toEqual(expected);
});
