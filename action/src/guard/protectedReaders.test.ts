import { expect, it } from 'vitest';
import { defaultPolicy } from '../../../schema/src/files/policy.ts';
import { wordsOf } from '../../../schema/src/messages/message.ts';
import type { Definition, DomainRecord, Records } from '../../../schema/src/records/records.ts';
import { rowsOfRevision } from '../plan/change.ts';
import { plan } from '../plan/plan.ts';
import { assess } from './assess.ts';

const moment = { today: '2026-11-24', reserved: [] };
const policy = {
  ...defaultPolicy,
  protected: [
    { alias: 'postmaster', minimum: 1 },
    { alias: 'board', domain: 'example.com', minimum: 1 },
  ],
};

const alias = (name: string, destination: string, domain = 'example.com'): Definition => ({
  domain,
  alias: name,
  destinations: [destination],
  type: 'person',
  active: true,
});

const before = [
  alias('postmaster', 'jane'),
  alias('board', 'x@m.example'),
  alias('jane', 'jane@m.example'),
  alias('info', 'i@m.example'),
  alias('board', 'b@m.example', 'example.org'),
];

/** The definitions with these in the place of those of the same name. */
function having(...changed: readonly Definition[]): Definition[] {
  const isChanged = (one: Definition) =>
    changed.some(({ alias: name, domain }) => name === one.alias && domain === one.domain);
  return [...before.filter((one) => !isChanged(one)), ...changed];
}

function protectedBy(base: typeof policy | undefined, head: typeof policy, after: Records): unknown {
  const made = plan(rowsOfRevision({ definitions: before, domains: [] }), after, moment, {
    pruneForeign: false,
  });
  const reasons = assess(made, { base, head }, moment);
  return reasons.find(({ code }) => code === 'protected')?.about.map(({ name }) => name);
}

it.each<[string, Definition[], readonly DomainRecord[], readonly string[] | undefined]>([
  ['another alias', having(alias('info', 'j@m.example')), [], undefined],
  ['a protected alias', having(alias('board', 'y@m.example')), [], ['board@example.com']],
  ['its description', having({ ...alias('board', 'x@m.example'), description: 'x' }), [], undefined],
  ['what it refers to', having(alias('jane', 'j@m.example')), [], ['postmaster@example.com']],
  ['an alias of that name elsewhere', having(alias('board', 'y@m.example', 'example.org')), [], undefined],
  ['a new domain with one', having(alias('postmaster', 'y@m.example', 'example.net')), [], undefined],
  [
    'a domain that has none yet',
    having(alias('postmaster', 'y@m.example', 'example.org')),
    [],
    ['postmaster@example.org'],
  ],
  ['a new alias domain', before, [{ domain: 'example.net', aliasfor: 'example.com' }], undefined],
])('judges a change of %s', (_, definitions, domains, expected) => {
  expect(protectedBy(policy, policy, { definitions, domains })).toEqual(expected);
});

it.each([
  [
    'one',
    having(alias('board', 'y@m.example')),
    'Who gets mail to board@example.com would change, and this address is protected.',
  ],
  [
    'two',
    having(alias('board', 'y@m.example'), alias('jane', 'j@m.example')),
    'Who gets mail to postmaster@example.com and board@example.com would change, and these addresses are protected.',
  ],
])('names what it is about, where that is %s', (_, definitions, expected) => {
  const rows = rowsOfRevision({ definitions: before, domains: [] });
  const made = plan(rows, { definitions, domains: [] }, moment, { pruneForeign: false });
  const reasons = assess(made, { base: policy, head: policy }, moment);
  const found = reasons.filter(({ code }) => code === 'protected');
  expect(found.map(({ message }) => wordsOf(message, 'en'))).toEqual([expected]);
});

it('is about the readers, in whatever order they stand', () => {
  const two = { ...alias('board', 'z@m.example'), destinations: ['z@m.example', 'y@m.example'] };
  const rows = rowsOfRevision({ definitions: before, domains: [] });
  const made = plan(rows, { definitions: having(two), domains: [] }, moment, { pruneForeign: false });
  const reasons = assess(made, { base: policy, head: policy }, moment);
  expect(reasons.find(({ code }) => code === 'protected')?.about).toEqual([
    { name: 'board@example.com', outcome: 'y@m.example,z@m.example' },
  ]);
});

it('protects by what was said before, and by what is said from now on', () => {
  const after = { definitions: having(alias('board', 'y@m.example')), domains: [] };
  expect(protectedBy(policy, { ...policy, protected: [] }, after)).toEqual(['board@example.com']);
  expect(protectedBy({ ...policy, protected: [] }, policy, after)).toEqual(['board@example.com']);
  expect(protectedBy(undefined, policy, after)).toEqual(['board@example.com']);
});
