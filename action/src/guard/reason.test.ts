import { describe, expect, it } from 'vitest';
import { staleAfter } from '../../../schema/src/records/gate.ts';
import { reasonCodes } from '../../../schema/src/records/reasonCodes.ts';
import { rowsOfRevision } from '../plan/change.ts';
import { plan } from '../plan/plan.ts';
import { allowAll, type Code, isCode, type Reason, review, staleSince, withGate } from './reason.ts';

const nothing = { definitions: [], domains: [] };
const made = plan(
  rowsOfRevision(nothing),
  nothing,
  { today: '2026-11-24', reserved: [] },
  { pruneForeign: false },
);
const removal: Reason = {
  code: 'mass-removal',
  message: 'many',
  about: [{ name: 'a@example.com', outcome: 'nobody' }],
};
const rollback: Reason = { code: 'rollback', message: 'back', about: [{ name: 'abc', outcome: 'abc' }] };

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
