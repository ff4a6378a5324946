import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Message, wordsOf } from '../messages/message.ts';
import {
  characterName,
  domainPart,
  foldName,
  parseAddress,
  parseDestination,
  parseDomain,
  parseLocalPart,
  splitAddress,
  withoutSubaddress,
} from './address.ts';

it.each([
  ['Jane.DOE', 'jane.doe'],
  ['\u212aim', '\u212aim'],
  ['\u00c4', '\u00c4'],
])('folds the name %s in ASCII alone', (name, folded) => {
  expect(foldName(name)).toBe(folded);
});

describe('parseAddress', () => {
  it.each([
    ['john@example.com', 'john@example.com'],
    ['John.Doe+News@EXAMPLE.com', 'john.doe+news@example.com'],
    ["o'neil@example.com", "o'neil@example.com"],
    ['jane@b\u00fccher.example', 'jane@xn--bcher-kva.example'],
    ['jane@XN--BCHER-KVA.example', 'jane@xn--bcher-kva.example'],
    ['a@b.co', 'a@b.co'],
    ['jane@bu\u0308cher.example', 'jane@xn--bcher-kva.example'],
  ])('folds %s', (text, folded) => {
    expect(parseAddress(text)).toEqual({ value: folded });
  });

  it.each([
    ['john', 'it has no `@`'],
    ['@example.com', 'there is nothing before the `@`'],
    ['john@', 'there is nothing after the `@`'],
    ['john@localhost', 'the domain `localhost` has no dot'],
    ['john@example.com.', 'the domain ends with a dot'],
    ['john@example..com', 'the domain has two dots in a row, or starts with one'],
    ['john@-a.com', 'the part `-a` of the domain starts or ends with a hyphen'],
    ['john@exam_ple.com', '`_` is not allowed in a domain'],
    ['john@10.0.0.1', 'the domain ends with a number'],
    ['"john doe"@example.com', 'quoted names are not supported'],
    ['.john@example.com', 'it starts with a dot'],
    ['john.@example.com', 'the part before the `@` ends with a dot'],
    ['john..doe@example.com', 'it has two dots in a row'],
    ['john doe@example.com', 'a space is not allowed in an address'],
    ['a@b@example.com', '`@` is not allowed in an address'],
    ['john@\uff45xample.com', 'the full-width character `\uff45` (U+FF45) is not allowed in a domain'],
    ['john@ex\uff41mple.com', 'the full-width character `\uff41` (U+FF41) is not allowed in a domain'],
    ['john@example.\uff43om', 'the full-width character `\uff43` (U+FF43) is not allowed in a domain'],
    [
      'john@example\uff0eexample.com',
      'the full-width character `\uff0e` (U+FF0E) is not allowed in a domain',
    ],
    ['john@\ufb01ne.example', '`\ufb01` (U+FB01) is not allowed in a domain'],
    [
      'j\u0430ne@example.com',
      'character 2, the Cyrillic letter `\u0430` (U+0430), is not allowed in an address',
    ],
    [
      'jan\u03b5@example.com',
      'character 4, the Greek letter `\u03b5` (U+03B5), is not allowed in an address',
    ],
    ['jos\u00e9@example.com', '`\u00e9` (U+00E9) is not allowed in an address'],
    ['\u212aim@example.com', '`\u212a` (U+212A) is not allowed in an address'],
  ])('refuses %s', (text, fault) => {
    expect(inWords(parseAddress(text).fault)).toBe(fault);
  });

  it('gives back what it has folded', () => {
    fc.assert(
      fc.property(fc.emailAddress(), (text) => {
        const { value } = parseAddress(text);
        if (value === undefined) return;
        expect(parseAddress(value)).toEqual({ value });
        const { local, domain } = splitAddress(value);
        expect(`${local}@${domain}`).toBe(value);
      }),
    );
  });

  it('says what is wrong with any other text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const { value, fault } = parseAddress(text);
        expect(value === undefined).toBe(fault !== undefined);
      }),
    );
  });
});

describe('parseDestination', () => {
  it.each([
    ['Jane.Doe', { kind: 'name', text: 'jane.doe', local: 'jane.doe' }],
    ['john+lists', { kind: 'name', text: 'john+lists', local: 'john+lists' }],
    ['*', { kind: 'name', text: '*', local: '*' }],
    ['Jane@Example.COM', { kind: 'address', text: 'jane@example.com', local: 'jane', domain: 'example.com' }],
    [
      'jane@m\u00fcller.example',
      {
        kind: 'address',
        text: 'jane@xn--mller-kva.example',
        local: 'jane',
        domain: 'xn--mller-kva.example',
      },
    ],
  ])('reads %s', (text, value) => {
    expect(parseDestination(text)).toEqual({ value });
  });

  it.each([
    ['jane doe', 'a space is not allowed in an address'],
    ['@example.com', 'there is nothing before the `@`'],
    ['jane@localhost', 'the domain `localhost` has no dot'],
  ])('says what is wrong with %j', (text, fault) => {
    expect(inWords(parseDestination(text).fault)).toBe(fault);
  });
});

describe('domainPart', () => {
  it.each([
    ['jane@example.com', 'example.com'],
    ['"a@b"@example.com', 'example.com'],
    ['example.com', 'example.com'],
    ['jane@', ''],
  ])('of %s is %j', (text, part) => {
    expect(domainPart(text)).toBe(part);
  });
});

describe('limits', () => {
  it('allows 64 characters before the @', () => {
    expect(parseLocalPart('a'.repeat(64)).value).toBeDefined();
    expect(inWords(parseLocalPart('a'.repeat(65)).fault)).toMatch(/longer than 64/);
  });

  it('allows 63 characters in a part of a domain, and 253 in all', () => {
    const label = 'a'.repeat(63);
    expect(parseDomain(`${label}.com`).value).toBeDefined();
    expect(inWords(parseDomain(`a${label}.com`).fault)).toMatch(/longer than 63/);
    expect(parseDomain(`${label}.${label}.${label}.${'a'.repeat(61)}`).value).toBeDefined();
    expect(inWords(parseDomain(`${label}.${label}.${label}.${'a'.repeat(62)}`).fault)).toMatch(
      /longer than 253/,
    );
  });
});

describe('withoutSubaddress', () => {
  it.each([
    ['john+lists', 'john'],
    ['john+a+b', 'john'],
    ['john', undefined],
    ['+lists', undefined],
  ])('%s gives %s', (local, base) => {
    expect(withoutSubaddress(local)).toBe(base);
  });
});

describe('characterName', () => {
  it.each([
    ['\u200b', 'a zero-width space (U+200B)'],
    ['\uff41', 'the full-width character `\uff41` (U+FF41)'],
    ['\u0430', 'the Cyrillic letter `\u0430` (U+0430)'],
    ['\u0007', 'the character U+0007'],
    ['(', '`(`'],
  ])('names %j', (character, name) => {
    expect(inWords(characterName(character))).toBe(name);
  });
});

function inWords(message: Message | undefined): string | undefined {
  return message && wordsOf(message, 'en');
}
