import { describe, expect, it } from 'vitest';
import type { Definition } from '../records/records.ts';
import { createDirectory } from './resolve.ts';
import { type Branch, branchesOf } from './tree.ts';

const define = (
  alias: string,
  destinations: readonly string[],
  more: Partial<Definition> = {},
): Definition => ({
  domain: 'example.com',
  alias,
  destinations,
  type: 'person',
  active: true,
  ...more,
});
const today = '2026-11-24';

/** The tree of the first alias as nested lists: a name, with how it ends, and what is below. */
function drawn(...definitions: readonly [Definition, ...Definition[]]) {
  const directory = createDirectory({ definitions, domains: [{ domain: 'example.com' }] });
  const shown = ({ name, end, expires, branches }: Branch): unknown => {
    const told = [name, end, expires].filter((part) => part !== undefined).join(' ');
    return branches.length === 0 ? told : [told, ...branches.map(shown)];
  };
  return branchesOf(directory, definitions[0], today).map(shown);
}

describe('the tree of an alias', () => {
  it.each<[string, readonly [Definition, ...Definition[]], unknown]>([
    ['a mailbox', [define('a', ['x@home.example'])], ['x@home.example']],
    [
      'an alias before a mailbox',
      [define('a', ['b', 'x@home.example']), define('b', ['y@home.example'])],
      [['b@example.com', 'y@home.example'], 'x@home.example'],
    ],
    [
      'one switched off',
      [define('a', ['b']), define('b', ['x@home.example'], { active: false })],
      ['b@example.com inactive'],
    ],
    [
      'one that has expired',
      [define('a', ['b']), define('b', ['x@home.example'], { expires: today })],
      ['b@example.com expired 2026-11-24'],
    ],
    [
      'one that is switched off and has expired',
      [define('a', ['b']), define('b', [], { active: false, expires: '2026-01-01' })],
      ['b@example.com inactive'],
    ],
    [
      'one that expires tomorrow',
      [define('a', ['b']), define('b', ['x@home.example'], { expires: '2026-11-25' })],
      [['b@example.com', 'x@home.example']],
    ],
    ['one that is not defined', [define('a', ['nowhere'])], ['nowhere undefined']],
    ['what is no address', [define('a', ['a b@'])], ['a b@ malformed']],
    ['itself', [define('a', ['a'])], ['a@example.com cycle']],
    [
      'a longer way back',
      [define('a', ['b']), define('b', ['c', 'x@home.example']), define('c', ['a'])],
      [['b@example.com', ['c@example.com', 'a@example.com cycle'], 'x@home.example']],
    ],
    [
      'one that was drawn',
      [define('a', ['b', 'c']), define('b', ['c']), define('c', ['x@home.example'])],
      [['b@example.com', ['c@example.com', 'x@home.example']], 'c@example.com shown'],
    ],
  ])('shows %s', (_, definitions, expected) => {
    expect(drawn(...definitions)).toEqual(expected);
  });

  it('ends at the depth that files may have, and grows with the files alone', () => {
    const chain = Array.from({ length: 100_000 }, (_, n) => define(`a${n}`, [`a${n + 1}`, `a${n + 1}`]));
    const text = JSON.stringify(drawn(define('top', ['a0']), ...chain));
    expect(text).toContain('a18@example.com');
    expect(text).toContain('a19@example.com deep');
    expect(text).not.toContain('a20@');
    expect(text.length).toBeLessThan(2_000);
  });
});
