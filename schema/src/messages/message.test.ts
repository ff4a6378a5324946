import { readdirSync, readFileSync } from 'node:fs';
import { type MessageFormatElement, parse, TYPE } from '@formatjs/icu-messageformat-parser';
import { describe, expect, it } from 'vitest';
import { french } from './french.ts';
import { type Message, type Part, say, type Template, wordsOf } from './message.ts';

const entries = Object.entries(french);

describe('the French catalogue', () => {
  it.each(entries)('has the parts of %s', (english, translation) => {
    expect([...partsOf(translation)].sort()).toEqual([...partsOf(english)].sort());
  });

  it.each(Object.keys(french) as Template[])('is shown with its parts, in both languages: %s', (template) => {
    const parts = samples(template);
    for (const language of ['en', 'fr'] as const) {
      const words = wordsOf({ template, parts }, language);
      expect(words).not.toMatch(/\{\w|undefined|\[object/);
      for (const part of Object.values(parts)) {
        if (typeof part === 'string') expect(words).toContain(part);
      }
    }
  });

  it.each(entries)('is set as French is: %s', (_, translation) => {
    const prose = translation.replaceAll(/`[^`]*`/g, '``');
    expect(prose).not.toMatch(/'|\.\.\.| [:;?!»%]|« |n° | Ko\b/);
    expect(prose).not.toMatch(/[\p{L}}][;?!](?:\s|$)/u);
  });

  it('has no text that is not said', () => {
    const sources = ['schema/src', 'action/src'].flatMap(sourcesIn).join('\n');
    expect(Object.keys(french).filter((template) => !sources.includes(`'${template}'`))).toEqual([]);
  });
});

describe('a message', () => {
  it.each<[string, Message, english: string, french: string]>([
    [
      'begins a month',
      say('{address} no longer stops on {day, date, long}.', {
        address: '1 mai',
        day: new Date('2027-09-01'),
      }),
      '1 mai no longer stops on 1 September 2027.',
      '1 mai ne cesse plus de fonctionner le 1er septembre 2027.',
    ],
    [
      'ends a month',
      say('{address} no longer stops on {day, date, long}.', {
        address: 'info',
        day: new Date('2027-01-31'),
      }),
      'info no longer stops on 31 January 2027.',
      'info ne cesse plus de fonctionner le 31 janvier 2027.',
    ],
    [
      'counts one',
      say('define {count, plural, one {it} other {them}} here, or for every domain in `_shared.yml`', {
        count: 1,
      }),
      'define it here, or for every domain in `_shared.yml`',
      'définissez-le ici, ou pour tous les domaines dans `_shared.yml`',
    ],
    [
      'counts none as many in English alone',
      say('define {count, plural, one {it} other {them}} here, or for every domain in `_shared.yml`', {
        count: 0,
      }),
      'define them here, or for every domain in `_shared.yml`',
      'définissez-le ici, ou pour tous les domaines dans `_shared.yml`',
    ],
    [
      'lists a choice',
      say('write {names}', { names: { or: ['`a`', '`b`', '`c`'] } }),
      'write `a`, `b` or `c`',
      'écrivez `a`, `b` ou `c`',
    ],
    [
      'lists all',
      say('write {names}', { names: { and: ['`a`', say('a list')] } }),
      'write `a` and a list',
      'écrivez `a` et une liste',
    ],
    [
      'groups the digits of a number',
      say('This file is too large: {size, number} KB, and the limit is {limit, number} KB.', {
        size: 2048,
        limit: 1024,
      }),
      'This file is too large: 2,048 KB, and the limit is 1,024 KB.',
      'Ce fichier est trop volumineux\u00a0: 2\u202f048\u00a0Ko, pour un maximum de 1\u202f024\u00a0Ko.',
    ],
    [
      'has messages as parts',
      say('{subject} must be {wanted}, {instead}.', {
        subject: say('An entry of `{name}`', { name: 'destinations' }),
        wanted: say('text'),
        instead: say('not {value}', { value: say('a list') }),
      }),
      'An entry of `destinations` must be text, not a list.',
      'Un élément de `destinations` doit être un texte, et non une liste.',
    ],
    [
      'takes what is written in a part at its word',
      say('write `{text}`', { text: "{a} '' <b> #" }),
      "write `{a} '' <b> #`",
      "écrivez `{a} '' <b> #`",
    ],
  ])('%s', (_, message, english, french) => {
    expect(wordsOf(message, 'en')).toBe(english);
    expect(wordsOf(message, 'fr')).toBe(french);
  });
});

function partsOf(template: string): Map<string, TYPE> {
  const parts = new Map<string, TYPE>();
  const visit = (elements: readonly MessageFormatElement[]): void => {
    for (const element of elements) {
      if (element.type === TYPE.literal || element.type === TYPE.pound) continue;
      parts.set(element.value, element.type);
      if ('options' in element) for (const { value } of Object.values(element.options)) visit(value);
    }
  };
  visit(parse(template, { ignoreTag: true }));
  return parts;
}

function samples(template: string): Record<string, Part> {
  return Object.fromEntries(
    [...partsOf(template)].map(([name, type]): [string, Part] => {
      if (type === TYPE.plural || type === TYPE.number) return [name, 2];
      if (type === TYPE.date || type === TYPE.time) return [name, new Date('2027-01-31')];
      return [name, `<${name}>`];
    }),
  );
}

function sourcesIn(folder: string): string[] {
  const root = new URL(`../../../${folder}/`, import.meta.url);
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !/\.test\.ts$|messages\/french/.test(name))
    .map((name) => readFileSync(new URL(name, root), 'utf8'));
}
