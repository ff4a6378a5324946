import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { isPlain, quote } from './quote.ts';

it.each(['jane', 'jane@home.example', 'Elected until 2027', "o'neill", 'a+b', '2027-06-30'])(
  'leaves %s without quotes',
  (text) => {
    expect(quote(text)).toBe(text);
  },
);

it.each([
  '',
  'no',
  'On',
  '~',
  'null',
  '1e3',
  '0777',
  '0x1f',
  '.5',
  '*',
  '#a',
  'a: b',
  'a #b',
  ' a',
  'a ',
  '@a',
  '- a',
])('puts %j in quotes', (text) => {
  expect(isPlain(text)).toBe(false);
  expect(quote(text)).toBe(JSON.stringify(text));
});

it.each(['core', 'yaml-1.1', 'failsafe'] as const)(
  'reads back as the same text by the schema %s',
  (schema) => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }).filter((text) => text.isWellFormed()),
        (text) => {
          expect(String(parseYaml(`a: ${quote(text)}`, { schema }).a)).toBe(text);
        },
      ),
    );
  },
);
