import { expect, it } from 'vitest';
import { matches } from './mappings.ts';

const record = { eventName: 'REMOVE', dynamodb: { Keys: { domain: { S: '#sync' }, n: { N: '5' } } } };

it.each([
  ['a value of the list', { eventName: ['INSERT', 'REMOVE'] }, true],
  ['no value of the list', { eventName: ['INSERT'] }, false],
  ['a prefix', { dynamodb: { Keys: { domain: { S: [{ prefix: '#' }] } } } }, true],
  [
    'anything but a prefix',
    { dynamodb: { Keys: { domain: { S: [{ 'anything-but': { prefix: '#' } }] } } } },
    false,
  ],
  ['what is there', { dynamodb: { Keys: { domain: { S: [{ exists: true }] } } } }, true],
  ['what is not there', { userIdentity: { type: [{ exists: false }] } }, true],
  ['a number in a range', { dynamodb: { Keys: { n: { N: [{ numeric: ['>', 4, '<=', 5] }] } } } }, true],
  ['a number out of a range', { dynamodb: { Keys: { n: { N: [{ numeric: ['>', 5] }] } } } }, false],
  ['one of two patterns', { $or: [{ eventName: ['INSERT'] }, { eventName: ['REMOVE'] }] }, true],
] as const)('matches %s', (_, pattern, expected) => {
  expect(matches(record, pattern as never)).toBe(expected);
});

it('refuses a rule that it does not know', () => {
  expect(() => matches(record, { eventName: [{ wildcard: '*' }] } as never)).toThrow('wildcard');
});
