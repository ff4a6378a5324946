import { describe, expect, it } from 'vitest';
import { pastedAddresses, pastedList } from './paste.ts';

describe('pastedAddresses', () => {
  it.each([
    ['Doe, Jane <jane@home.example>; Roe, Mia <mia@home.example>', ['jane@home.example', 'mia@home.example']],
    ['"Doe, Jane" <jane@home.example>, mia@home.example', ['jane@home.example', 'mia@home.example']],
    ['board, Jane Doe <jane@home.example>', ['board', 'jane@home.example']],
    ['<mailto:jane@home.example>;', ['jane@home.example']],
  ])('keeps the addresses of %j', (text, addresses) => {
    expect(pastedAddresses(text)).toEqual(addresses);
  });

  it.each([
    'jane@home.example; mia@home.example',
    'Jane <jane@home.example>; mia @home.example',
    'Jane <jane@home>; Mia <mia@home.example>',
    'Jane <jane@home.example> Mia <mia@home.example>',
    'Jane <jane>',
    'Jane <jane@home.example>, Board',
    '',
  ])('guesses nothing from %j', (text) => {
    expect(pastedAddresses(text)).toBeUndefined();
  });
});

describe('pastedList', () => {
  it.each([
    [['Doe', 'Jane <jane@home.example>'], ['jane@home.example']],
    [
      ['Doe', 'Jane <jane@home.example>; mia@home.example'],
      ['jane@home.example', 'mia@home.example'],
    ],
    [
      ['board', 'Doe', 'Jane <jane@home.example>'],
      ['board', 'jane@home.example'],
    ],
    [['Jane <jane@home.example>; Mia <mia@home.example>'], ['jane@home.example', 'mia@home.example']],
  ])('reads %j as a whole', (entries, meant) => {
    expect(pastedList(entries)).toEqual(meant);
  });

  it.each([
    [['Jane Doe <jane@home.example>', 'Mia <mia@home.example>', 'board']],
    [['jane@home.example', 'Board']],
    [['Jane <jane@home.example>', 'Board']],
  ])('leaves %j as its entries', (entries) => {
    expect(pastedList(entries)).toBeUndefined();
  });
});
