import { expect, it } from 'vitest';
import { editAliases } from './edit.ts';

const file = `# The club
domain: example.com
aliases:
  # since 2020
  John:
    type: person
    active: false
    destinations: [john@home.example] # private
  old:
    destinations: [old@home.example]
  board:
    type: group
    destinations: [john, old]
`;
const fields = { type: 'person', active: true, destinations: ['jane@home.example'] } as const;

it('changes, adds and takes away aliases, and keeps the comments of the others', () => {
  const after = editAliases(file, [
    { alias: 'john', fields: { ...fields, destinations: ['john@work.example', 'null'] } },
    { alias: 'old', fields: undefined },
    {
      alias: 'new',
      fields: { ...fields, type: 'function', active: false, description: 'a: b', expires: '2027-01-01' },
    },
  ]);
  expect(after).toBe(`# The club
domain: example.com
aliases:
  # since 2020
  John:
    type: person
    destinations: [john@work.example, "null"]
  board:
    type: group
    destinations: [john, old]
  new:
    type: function
    description: "a: b"
    active: false
    destinations: [jane@home.example]
    expires: 2027-01-01
`);
});

it.each([
  [
    'an empty map',
    'domain: example.com\naliases: {}\n',
    'aliases:\n  a:\n    type: person\n    destinations: [jane@home.example]\n',
  ],
  [
    'no map',
    'domain: example.com\n',
    'aliases:\n  a:\n    type: person\n    destinations: [jane@home.example]\n',
  ],
])('adds to %s', (_, text, expected) => {
  expect(editAliases(text, [{ alias: 'a', fields }])).toBe(`domain: example.com\n${expected}`);
});

it('leaves an empty map where the last alias goes', () => {
  const text = 'domain: example.com\naliases:\n  a: { destinations: [jane@home.example] }\n';
  expect(editAliases(text, [{ alias: 'a', fields: undefined }])).toBe('domain: example.com\naliases: {}\n');
});

it('leaves what is no YAML as it is', () => {
  expect(editAliases('a: [', [{ alias: 'a', fields: undefined }])).toBe('a: [');
});
