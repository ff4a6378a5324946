import { describe, expect, it } from 'vitest';
import { say, wordsOf } from '../../../schema/src/messages/message.ts';
import { staleAfter } from '../../../schema/src/records/gate.ts';
import { reasonCodes } from '../../../schema/src/records/reasonCodes.ts';
import { rowsOfRevision } from '../plan/change.ts';
import { plan } from '../plan/plan.ts';
import {
  type Allowance,
  allowAll,
  type Code,
  either,
  isCode,
  listed,
  originKey,
  type Reason,
  review,
  staleSince,
  subjectKey,
  withGate,
  withPulls,
} from './reason.ts';

const nothing = { definitions: [], domains: [] };
const made = plan(
  rowsOfRevision(nothing),
  nothing,
  { today: '2026-11-24', reserved: [] },
  { pruneForeign: false },
);
const removal: Reason = {
  code: 'mass-removal',
  message: say('{clauses}.', { clauses: 'many' }),
  about: [{ name: 'a@example.com', outcome: 'nobody' }],
};
const rollback: Reason = {
  code: 'rollback',
  message: say('{clauses}.', { clauses: 'back' }),
  about: [{ name: 'abc', outcome: 'abc' }],
};

describe('review', () => {
  it.each<[string, Code[], { unsafe: Reason[]; allowed: Reason[] }]>([
    ['nothing is allowed', [], { unsafe: [removal, rollback], allowed: [] }],
    ['one is allowed', ['rollback'], { unsafe: [removal], allowed: [rollback] }],
    ['another is allowed', ['domain-removed'], { unsafe: [removal, rollback], allowed: [] }],
    ['all are allowed', ['rollback', 'mass-removal'], { unsafe: [], allowed: [removal, rollback] }],
  ])('sorts the reasons where %s', (_, allow, expected) => {
    const permission = { allowance: allowAll(allow) };
    expect(review(made, [removal, rollback], permission)).toEqual({ plan: made, notes: [], ...expected });
  });
});

const subject = (name: string, outcome = 'nobody') => ({ name: `${name}@example.com`, outcome });
const note = say('{clauses}.', { clauses: 'A note' });
const three: Reason = {
  code: 'mass-removal',
  message: say('{clauses}.', { clauses: '3 of 4' }),
  about: [subject('a'), subject('b'), subject('c')],
};

describe('a reason of which some is allowed', () => {
  const stands = (...about: Reason['about']): Allowance =>
    new Map([['mass-removal', new Set(about.map(subjectKey))]]);

  it.each<[string, Allowance, readonly string[], string | undefined]>([
    ['all of it', stands(...three.about), [], undefined],
    ['the whole code', allowAll(['mass-removal']), [], undefined],
    ['two', stands(subject('a'), subject('b')), ['c'], '3 of 4. Not allowed so far: c@example.com.'],
    ['one', stands(subject('b')), ['a', 'c'], '3 of 4. Not allowed so far: a@example.com and c@example.com.'],
    ['something else', stands(subject('z')), ['a', 'b', 'c'], '3 of 4.'],
    ['another outcome of one', stands(subject('a', 'x@m.example')), ['a', 'b', 'c'], '3 of 4.'],
    [
      'another code',
      new Map([['rollback', new Set([subjectKey(subject('a'))])]]),
      ['a', 'b', 'c'],
      '3 of 4.',
    ],
  ])('stands for the rest, where that is %s', (_, allowance, names, message) => {
    const { unsafe, allowed } = review(made, [three], { allowance });
    expect(unsafe.flatMap(({ about }) => about)).toEqual(names.map((name) => subject(name)));
    expect(unsafe.map((reason) => wordsOf(reason.message, 'en'))).toEqual(
      message === undefined ? [] : [message],
    );
    expect(allowed).toEqual(message === undefined ? [three] : []);
  });

  it.each<[string, readonly (readonly [string, readonly number[]])[], string]>([
    ['nobody', [], '3 of 4.'],
    ['one', [['a', [7]]], '3 of 4. It comes with #7.'],
    [
      'two, of which one brings two things',
      [
        ['a', [12, 7]],
        ['c', [7]],
      ],
      '3 of 4. It comes with #7 and #12.',
    ],
    ['one that brings something else', [['z', [7]]], '3 of 4.'],
  ])('names the pull requests that bring it, where that is %s', (_, from, message) => {
    const origins = new Map(
      from.map(([name, numbers]) => [originKey('mass-removal', subject(name)), numbers]),
    );
    const { unsafe } = review(made, [three], { allowance: new Map(), origins, notes: [note] });
    expect(unsafe.map((reason) => wordsOf(withPulls(reason), 'en'))).toEqual([message]);
  });

  it('keeps what a person should know', () => {
    expect(review(made, [], { allowance: new Map(), notes: [note] }).notes).toEqual([note]);
  });
});

describe('either', () => {
  const some = (...keys: readonly string[]): Allowance => new Map([['rollback', new Set(keys)]]);

  it.each<[string, Allowance, Allowance, Allowance]>([
    ['nothing and something', new Map(), some('a'), some('a')],
    ['something and nothing', some('a'), new Map(), some('a')],
    ['something and something', some('a', 'b'), some('b', 'c'), some('a', 'b', 'c')],
    ['all and something', allowAll(['rollback']), some('a'), allowAll(['rollback'])],
    ['something and all', some('a'), allowAll(['rollback']), allowAll(['rollback'])],
  ])('allows what one does or the other: %s', (_, one, other, sum) => {
    expect(either(one, other)).toEqual(sum);
  });
});

describe('listed', () => {
  const shown = (about: Reason['about']): string =>
    wordsOf(say('{clauses}.', { clauses: listed(about) }), 'en');

  it.each([
    [1, /^n0@example\.com\.$/],
    [20, /n19@example\.com\.$/],
    [21, /n19@example\.com and 1 more\.$/],
  ])('names twenty of %i', (count, expected) => {
    expect(shown(Array.from({ length: count }, (_, n) => subject(`n${n}`)))).toMatch(expected);
  });

  it('names each once', () => {
    expect(shown([subject('a', 'x'), subject('a', 'y')])).toBe('a@example.com.');
  });
});

describe('staleSince', () => {
  const open = { state: 'open', number: 1, run: '', at: 1_000 } as const;

  it.each([
    ['there is no gate', undefined, 1_000 + staleAfter, undefined],
    ['a sync may be under way', open, 1_000 + staleAfter - 1, undefined],
    ['a sync was cut short', open, 1_000 + staleAfter, 1_000],
    ['a sync has ended', { ...open, state: 'closed' as const }, 1_000 + staleAfter, undefined],
  ])('judges where %s', (_, gate, now, expected) => {
    expect(staleSince(gate, now)).toBe(expected);
    const reviewed = review(made, [], { allowance: new Map() });
    expect(withGate(reviewed, gate, now)).toStrictEqual(
      expected === undefined ? reviewed : { ...reviewed, staleSince: expected },
    );
  });
});

describe('isCode', () => {
  it('knows every code, and no other text', () => {
    expect(reasonCodes.every(isCode)).toBe(true);
    expect(isCode('mass')).toBe(false);
  });
});
