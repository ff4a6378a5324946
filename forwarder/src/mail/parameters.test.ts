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
    ['a/b x="1"', 'a/b', [['x', '1']]],
    [
      'a/b; x=1 y=2',
      'a/b',
      [
        ['x', '1'],
        ['y', '2'],
      ],
    ],
    [
      'a/b; x="1" y="2 3"',
      'a/b',
      [
        ['x', '1'],
        ['y', '2 3'],
      ],
    ],
    ['a/b; x="1"y=2', 'a/b', [['x', '1']]],
    ['a/b; junk x=1', 'a/b', [['x', '1']]],
    [
      'x=1 y=2',
      '',
      [
        ['x', '1'],
        ['y', '2'],
      ],
    ],
    ['a/b (c; x=0); x=(d (e) \\) )1 (f)', 'a/b', [['x', '1']]],
    [
      'a/b; x="(1)"; y="\\"("; z=2',
      'a/b',
      [
        ['x', '(1)'],
        ['y', '"('],
        ['z', '2'],
      ],
    ],
    [
      'a/b; x=(1; y=2',
      'a/b',
      [
        ['x', '(1'],
        ['y', '2'],
      ],
    ],
    ['a/b; x=1)', 'a/b', [['x', '1)']]],
    ['; charset=utf-8', '', [['charset', 'utf-8']]],
    [`a/b; ${'n'.repeat(101)}=1; z=1`, 'a/b', [['z', '1']]],
    ['a/b\u00a0; x\u00a0=1; \u3000y=\u200a2', 'a/b\u00a0', []],
    ['a/b; mar\u212a=1; x=\u200a2\t', 'a/b', [['x', '\u200a2']]],
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

  it.each(['"'.repeat(300), `\\${'x'.repeat(499)}`])(
    'keeps a value of many quotes within a line (%#)',
    (content) => {
      const written = words(content);
      expect(written.filter((word) => word.length > 500)).toEqual([]);
      const joined = written.slice(1).map((word) => word.replace(/^name\*\d+\*=(?:UTF-8'')?|;$/g, ''));
      expect(decodeURIComponent(joined.join(''))).toBe(content);
    },
  );

  it('cuts a long value into sections that read as one', () => {
    const [, ...sections] = words('é'.repeat(50));
    expect(sections.length).toBeGreaterThan(1);
    expect(sections.filter((section) => section.length > 78)).toEqual([]);
    const joined = sections.map((section) => section.replace(/^name\*\d+\*=(?:UTF-8'')?|;$/g, '')).join('');
    expect(decodeURIComponent(joined)).toBe('é'.repeat(50));
  });
});
