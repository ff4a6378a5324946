import { type MessageFormatElement, parse, TYPE } from '@formatjs/icu-messageformat-parser';
import { describe, expect, it } from 'vitest';
import { french } from './french.ts';
import { say, wordsOf } from './message.ts';

describe('the French catalogue', () => {
  it.each(Object.entries(french))('has the parts of %s', (english, translation) => {
    expect(partsOf(translation)).toEqual(partsOf(english));
  });
});

it('counts, lists and dates as each language does', () => {
  const message = say('{count, plural, one {# address stops} other {# addresses stop}} working', {
    count: 1,
  });
  expect(wordsOf(message, 'en')).toBe('1 address stops working');
  expect(wordsOf(message, 'fr')).toBe('1 adresse cesse de fonctionner');
});

function partsOf(template: string): string[] {
  const names = new Set<string>();
  const visit = (elements: readonly MessageFormatElement[]): void => {
    for (const element of elements) {
      if (element.type === TYPE.literal || element.type === TYPE.pound) continue;
      names.add(element.value);
      if ('options' in element) for (const { value } of Object.values(element.options)) visit(value);
    }
  };
  visit(parse(template, { ignoreTag: true }));
  return [...names].sort();
}
