import { describe, expect, it } from 'vitest';
import { parameterWords, readParameters } from './parameters.ts';

describe('readParameters', () => {
  it.each([
    ['text/plain', 'text/plain', []],
    ['text/plain; charset=utf-8', 'text/plain', [['charset', 'utf-8']]],
    [
      'a/b; NAME="x; \\"y\\""; z=1',
      'a/b',
      [
        ['name', 'x; "y"'],
        ['z', '1'],
      ],
    ],
    ['a/b; x=1; x=2', 'a/b', [['x', '1']]],
    ['a/b; boundary=a=b', 'a/b', [['boundary', 'a=b']]],
    [
      'a/b; name=two words; z=1',
      'a/b',
      [
        ['name', 'two words'],
        ['z', '1'],
      ],
    ],
    ['a/b;; junk; =1; x=; y = 2', 'a/b', [['y', '2']]],
    [
      'a/b; name="open; z=1',
      'a/b',
      [
        ['name', 'open'],
        ['z', '1'],
      ],
    ],
    ['a/b; name="x"trailing', 'a/b', [['name', 'x']]],
    ['; charset=utf-8', '', [['charset', 'utf-8']]],
    [`a/b; ${'n'.repeat(101)}=1; z=1`, 'a/b', [['z', '1']]],
  ])('reads %s', (text, value, parameters) => {
    expect(readParameters(text)).toEqual({ value, parameters });
  });
});

describe('parameterWords', () => {
  const words = (content: string) => parameterWords({ value: 'a/b', parameters: [['name', content]] });

  it.each([
    ['token', ['a/b;', 'name=token']],
    ['two "words"\\', ['a/b;', 'name="two \\"words\\"\\\\"']],
    ["é'*", ['a/b;', "name*=UTF-8''%C3%A9%27%2A"]],
  ])('writes %j', (content, expected) => {
    expect(words(content)).toEqual(expected);
  });

  it('cuts a long value into sections that read as one', () => {
    const [, ...sections] = words('é'.repeat(50));
    expect(sections.length).toBeGreaterThan(1);
    expect(sections.filter((section) => section.length > 78)).toEqual([]);
    const joined = sections.map((section) => section.replace(/^name\*\d+\*=(?:UTF-8'')?|;$/g, '')).join('');
    expect(decodeURIComponent(joined)).toBe('é'.repeat(50));
  });
});
