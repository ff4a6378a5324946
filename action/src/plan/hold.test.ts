import { describe, expect, it } from 'vitest';
import { check, type SourceFile } from '../../../schema/src/check.ts';
import { wordsOf } from '../../../schema/src/messages/message.ts';
import { rowsOfRevision } from './change.ts';
import { desiredOf, type Held, hold } from './hold.ts';
import { plan } from './plan.ts';

const moment = { today: '2026-11-24', reserved: [] };
type Files = Readonly<Record<string, string>>;

function filesOf(files: Files): SourceFile[] {
  return Object.entries(files).map(([name, text]) => ({
    name,
    path: `aliases/${name}`,
    kind: 'file',
    bytes: new TextEncoder().encode(text),
  }));
}

function reasons(held: Held | undefined) {
  return [...(held ?? [])].map(([domain, why]) => [domain, wordsOf(why, 'en')]);
}

function read(files: Files) {
  const sources = filesOf(files);
  return desiredOf(check(sources, { ...moment, folder: 'aliases' }), sources, true);
}

function domainFile(domain: string, aliases: string, more = ''): string {
  return `domain: ${domain}\n${more}aliases:\n${aliases}`;
}

const broken = 'domain: example.org\naliases: [\n';
const before: Files = {
  'example.com.yml': domainFile('example.com', '  a: { destinations: [a@m.example] }\n'),
  'example.net.yml': domainFile('example.net', '  n: { destinations: [n@m.example] }\n'),
  'example.org.yml': domainFile('example.org', '  o: { destinations: [o@m.example] }\n'),
};
const changed = domainFile('example.com', '  a: { destinations: [b@m.example] }\n');

/** What is held, and which domains are written, of the files `after` over the tables that `first` was synced to. */
function outcome(first: Files, after: Files) {
  const checked = check(filesOf(first), { ...moment, folder: 'aliases' });
  const rows = rowsOfRevision(checked.records);
  const desired = read(after);
  if (desired === undefined) return undefined;
  const { desired: records, held } = hold(rows, desired.records, desired.mistaken, { pruneForeign: true });
  const { changes, foreign } = plan(rows, records, moment, { pruneForeign: true, held });
  expect(foreign).toEqual([]);
  return { held: [...held.keys()], written: [...new Set(changes.map(({ key }) => key.domain))].sort() };
}

describe('a sync of files with errors', () => {
  it.each<[string, Files, Files, { held: string[]; written: string[] }]>([
    ['nothing where there is no error', before, before, { held: [], written: [] }],
    [
      'the domain of a file that does not parse',
      before,
      { ...before, 'example.com.yml': changed, 'example.org.yml': broken },
      { held: ['example.org'], written: ['example.com'] },
    ],
    [
      'the domain of a file that breaks a rule',
      before,
      {
        ...before,
        'example.com.yml': changed,
        'example.org.yml': domainFile('example.org', '  o: { destinations: [nobody] }\n'),
      },
      { held: ['example.org'], written: ['example.com'] },
    ],
    [
      'a domain that is new and wrong',
      before,
      { ...before, 'example.com.yml': changed, 'new.example.yml': 'domain: new.example\naliases: [\n' },
      { held: ['new.example'], written: ['example.com'] },
    ],
    [
      'the domain that a file is called after, and the one that it says it is for',
      before,
      {
        'example.com.yml': changed,
        'example.net.yml': before['example.net.yml'] ?? '',
        'exmaple.org.yml': domainFile('example.org', '  o: { destinations: [x@m.example] }\n'),
      },
      { held: ['example.org', 'exmaple.org'], written: ['example.com'] },
    ],
    [
      'domains whose files refer to it, and those that refer to them',
      before,
      {
        'example.com.yml': domainFile('example.com', '  a: { destinations: [n@example.net] }\n'),
        'example.net.yml': domainFile('example.net', '  n: { destinations: [o@example.org] }\n'),
        'example.org.yml': broken,
      },
      { held: ['example.com', 'example.net', 'example.org'], written: [] },
    ],
    [
      'its alias domain, and a domain that claims it',
      {
        ...before,
        'example.org.yml': domainFile(
          'example.org',
          '  o: { destinations: [o@m.example] }\n',
          'aliasDomains: [alias.example]\n',
        ),
      },
      {
        ...before,
        'example.com.yml': domainFile(
          'example.com',
          '  a: { destinations: [b@m.example] }\n',
          'aliasDomains: [alias.example]\n',
        ),
        'example.net.yml': domainFile('example.net', '  n: { destinations: [x@m.example] }\n'),
        'example.org.yml': broken,
      },
      { held: ['alias.example', 'example.com', 'example.org'], written: ['example.net'] },
    ],
    [
      'what refers to it through its alias domain',
      {
        ...before,
        'example.org.yml': domainFile(
          'example.org',
          '  o: { destinations: [o@m.example] }\n',
          'aliasDomains: [alias.example]\n',
        ),
      },
      {
        ...before,
        'example.com.yml': domainFile('example.com', '  a: { destinations: [o@alias.example] }\n'),
        'example.org.yml': broken,
      },
      { held: ['alias.example', 'example.com', 'example.org'], written: [] },
    ],
    [
      'a domain that would take away an alias which its rows refer to',
      {
        ...before,
        'example.org.yml': domainFile('example.org', '  o: { destinations: [a@example.com] }\n'),
      },
      {
        ...before,
        'example.com.yml': domainFile('example.com', '  b: { destinations: [a@m.example] }\n'),
        'example.org.yml': broken,
      },
      { held: ['example.com', 'example.org'], written: [] },
    ],
    [
      'with such a domain those whose files refer to it',
      {
        ...before,
        'example.org.yml': domainFile('example.org', '  o: { destinations: [a@example.com] }\n'),
      },
      {
        'example.com.yml': domainFile('example.com', '  b: { destinations: [b@m.example] }\n'),
        'example.net.yml': domainFile('example.net', '  n: { destinations: [b@example.com] }\n'),
        'example.org.yml': broken,
      },
      { held: ['example.com', 'example.net', 'example.org'], written: [] },
    ],
    [
      'a domain that would be given up and leave a mailbox of the name which its rows refer to',
      {
        'example.com.yml': domainFile('example.com', '  a: { destinations: [a@m.example] }\n'),
        'example.org.yml': domainFile('example.org', '  o: { destinations: [a@example.com] }\n'),
      },
      { 'example.org.yml': broken },
      { held: ['example.com', 'example.org'], written: [] },
    ],
    [
      'an alias domain that would lead the name which its rows refer to elsewhere',
      {
        'example.com.yml': domainFile(
          'example.com',
          '  a: { destinations: [a@m.example] }\n',
          'aliasDomains: [alias.example]\n',
        ),
        'example.net.yml': domainFile('example.net', '  a: { destinations: [a@m.example] }\n'),
        'example.org.yml': domainFile('example.org', '  o: { destinations: [a@alias.example] }\n'),
      },
      {
        'example.com.yml': domainFile('example.com', '  a: { destinations: [a@m.example] }\n'),
        'example.net.yml': domainFile(
          'example.net',
          '  a: { destinations: [a@m.example] }\n',
          'aliasDomains: [alias.example]\n',
        ),
        'example.org.yml': broken,
      },
      { held: ['alias.example', 'example.com', 'example.net', 'example.org'], written: [] },
    ],
    [
      'a domain that would take away one alias while it has another for it',
      {
        ...before,
        'example.com.yml': domainFile(
          'example.com',
          '  a: { destinations: [a@m.example] }\n  a+x: { destinations: [x@m.example] }\n',
        ),
        'example.org.yml': domainFile('example.org', '  o: { destinations: [a+x@example.com] }\n'),
      },
      {
        ...before,
        'example.com.yml': domainFile('example.com', '  a: { destinations: [a@m.example] }\n'),
        'example.org.yml': broken,
      },
      { held: ['example.com', 'example.org'], written: [] },
    ],
    [
      'no domain that changes an alias which its rows refer to',
      {
        ...before,
        'example.org.yml': domainFile('example.org', '  o: { destinations: [a@example.com] }\n'),
      },
      { ...before, 'example.com.yml': changed, 'example.org.yml': broken },
      { held: ['example.org'], written: ['example.com'] },
    ],
    [
      'a domain that would be given up with an alias which its rows refer to',
      {
        ...before,
        'example.org.yml': domainFile('example.org', '  o: { destinations: [a@example.com] }\n'),
      },
      { 'example.net.yml': before['example.net.yml'] ?? '', 'example.org.yml': broken },
      { held: ['example.com', 'example.org'], written: [] },
    ],
    [
      'no domain that comes to have an alias which its rows refer to in vain',
      {
        ...before,
        'example.org.yml': domainFile('example.org', '  o: { destinations: [o@m.example, x@example.com] }\n'),
      },
      {
        ...before,
        'example.com.yml': domainFile('example.com', '  x: { destinations: [a@m.example] }\n'),
        'example.org.yml': broken,
      },
      { held: ['example.org'], written: ['example.com'] },
    ],
    [
      'no domain for what the rows of another right one refer to',
      {
        ...before,
        'example.net.yml': domainFile('example.net', '  n: { destinations: [a@example.com] }\n'),
      },
      {
        'example.com.yml': domainFile('example.com', '  b: { destinations: [a@m.example] }\n'),
        'example.net.yml': domainFile('example.net', '  n: { destinations: [n@m.example] }\n'),
        'example.org.yml': broken,
      },
      { held: ['example.org'], written: ['example.com', 'example.net'] },
    ],
    [
      'no domain that a wrong file claims as its alias domain',
      before,
      {
        ...before,
        'example.com.yml': changed,
        'example.org.yml': domainFile(
          'example.org',
          '  o: { destinations: [o@m.example] }\n',
          'aliasDomains: [example.com]\n',
        ),
      },
      { held: ['example.org'], written: ['example.com'] },
    ],
  ])('holds %s', (_, first, after, expected) => {
    expect(outcome(first, after)).toEqual(expected);
  });

  it.each<[string, Files]>([
    ['`_shared.yml`', { '_shared.yml': 'aliases: [\n' }],
    ['`_policy.yml`', { '_policy.yml': 'protected: [\n' }],
    ['a file whose name is no domain', { 'examplecom.yml': broken }],
    ['a file that looks like one of ours', { '_shard.yml': 'aliases: {}\n' }],
  ])('writes nothing at all where an error is in %s', (_, more) => {
    expect(read({ ...before, ...more })).toBeUndefined();
  });

  it('writes nothing at all where there is no domain file', () => {
    expect(read({})).toBeUndefined();
  });

  it('writes nothing at all where no domain may be left out', () => {
    const judge = (files: Files, holds: boolean) => {
      const sources = filesOf(files);
      return desiredOf(check(sources, { ...moment, folder: 'aliases' }), sources, holds)?.mistaken.size;
    };
    const wrong = { ...before, 'example.org.yml': broken };
    expect([judge(wrong, true), judge(wrong, false)]).toEqual([1, undefined]);
    expect([judge(before, true), judge(before, false)]).toEqual([0, 0]);
  });

  it('says why each domain is held', () => {
    const desired = read({
      ...before,
      'example.com.yml': domainFile('example.com', '  a: { destinations: [o@example.org] }\n'),
      'example.org.yml': broken,
    });
    const held =
      desired &&
      hold(rowsOfRevision(desired.records), desired.records, desired.mistaken, { pruneForeign: false });
    expect(reasons(held?.held)).toEqual([
      ['example.com', 'a@example.com refers to example.org'],
      ['example.org', 'aliases/example.org.yml has an error'],
    ]);
  });

  it.each([
    ['[nobody]', 'aliases/example.org.yml has an error'],
    ['[nobody, noone]', 'aliases/example.org.yml has 2 errors'],
  ])('counts the errors of a file with %s', (destinations, why) => {
    const file = domainFile('example.org', `  o: { destinations: ${destinations} }\n`);
    expect(reasons(read({ ...before, 'example.org.yml': file })?.mistaken)).toEqual([['example.org', why]]);
  });

  it('says of what holds a domain which row it is, and of what an alias domain hangs on', () => {
    const named = {
      ...before,
      'example.com.yml': domainFile(
        'example.com',
        '  a: { destinations: [a@m.example] }\n',
        'aliasDomains: [alias.example]\n',
      ),
      'example.org.yml': domainFile('example.org', '  o: { destinations: [a@alias.example] }\n'),
    };
    const first = check(filesOf(named), { ...moment, folder: 'aliases' });
    const after = read({
      ...before,
      'example.com.yml': domainFile(
        'example.com',
        '  b: { destinations: [a@m.example] }\n',
        'aliasDomains: [alias.example]\n',
      ),
      'example.org.yml': broken,
    });
    const held =
      after &&
      hold(rowsOfRevision(first.records), after.records, after.mistaken, { pruneForeign: false }).held;
    expect(reasons(held)).toEqual([
      ['alias.example', 'o@example.org, which keeps its destinations, refers to a@alias.example'],
      ['example.com', 'alias.example is an alias domain of it'],
      ['example.org', 'aliases/example.org.yml has an error'],
    ]);
  });

  it('says of an alias domain whose it is', () => {
    const after = read({
      ...before,
      'example.com.yml': domainFile(
        'example.com',
        '  a: { destinations: [nobody] }\n',
        'aliasDomains: [alias.example]\n',
      ),
    });
    const held =
      after &&
      hold(rowsOfRevision(after.records), after.records, after.mistaken, { pruneForeign: false }).held;
    expect(reasons(held)).toContainEqual(['alias.example', 'it is an alias domain of example.com']);
  });
});
