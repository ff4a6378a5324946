import fc from 'fast-check';
import { expect, it } from 'vitest';
import { check } from '../check.ts';
import { format } from './format.ts';

const options = { today: '2026-11-24', reserved: [], folder: 'aliases' };

/** One text in the ways in which a person may write it. */
const scalar = (text: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc.tuple(text, fc.constantFrom('', "'", '"')).map(([word, quote]) => `${quote}${word}${quote}`);

const spaces = fc.constantFrom('', ' ', '  ');
const comment = fc.constantFrom('', '', ' # a note', ' #');
const between = fc.constantFrom('', '', '\n', '# all of these\n', '\n    # deep\n');
const destination = scalar(
  fc.constantFrom(
    'jane',
    'no',
    '1e3',
    'Board',
    'jane@home.example',
    'J@B\u00fccher.example',
    'a+b@x.example',
  ),
);

const list = fc.oneof(
  fc
    .tuple(fc.array(destination, { maxLength: 12 }), spaces, comment)
    .map(([all, gap, note]) => ` [${gap}${all.join(`${gap},${gap || ' '}`)}${gap}]${note}\n`),
  fc
    .tuple(
      fc.array(fc.tuple(destination, comment), { minLength: 1, maxLength: 4 }),
      fc.constantFrom('    ', '      '),
    )
    .map(([all, indent]) => `\n${all.map(([one, note]) => `${indent}- ${one}${note}\n`).join('')}`),
);

const fields = fc
  .record(
    {
      type: fc
        .tuple(scalar(fc.constantFrom('person', 'group')), comment)
        .map(([text, note]) => ` ${text}${note}\n`),
      description: scalar(fc.constantFrom('Elected until 2027', 'null', '0777', '100 %')).map(
        (text) => ` ${text}\n`,
      ),
      active: fc.constantFrom(' true\n', ' FALSE # gone\n'),
      destinations: list,
      owner: scalar(fc.constantFrom('johndoe', 'team:board')).map((text) => ` ${text}\n`),
      expires: scalar(fc.constantFrom('2027-06-30', '2020-01-01')).map((text) => `   ${text}\n`),
    },
    { requiredKeys: ['destinations'] },
  )
  .chain((all) => fc.shuffledSubarray(Object.entries(all), { minLength: Object.keys(all).length }));

const alias = fc
  .tuple(fields, between, comment)
  .map(([all, gap, note]) => `${note}\n${all.map(([key, value]) => `    ${key}:${value}${gap}`).join('')}`);

const names = fc.shuffledSubarray(['jane', 'no', '1e3', 'Board', '__proto__', '"*"', 'null'], {
  minLength: 1,
});
const file = fc
  .tuple(names, fc.array(alias, { minLength: 7, maxLength: 7 }), between, fc.constantFrom('\n', '\r\n'))
  .map(([order, bodies, gap, end]) => {
    const aliases = order.map((name, n) => `  ${name}:${bodies[n] ?? ''}`).join('');
    return `# the file\ndomain: "example.com"\n${gap}aliases:\n${aliases}aliasDomains: [example.net]\n`.replaceAll(
      '\n',
      end,
    );
  });

function meaning(text: string) {
  const bytes = new TextEncoder().encode(text);
  const path = 'aliases/example.com.yml';
  const { records, diagnostics } = check([{ name: 'example.com.yml', path, kind: 'file', bytes }], options);
  return { records, codes: diagnostics.map(({ code, message }) => `${code} ${message}`).sort() };
}

it('changes neither what a file says nor what is wrong with it, whatever its style', () => {
  fc.assert(
    fc.property(file, (text) => {
      const once = format(text);
      expect(meaning(once)).toEqual(meaning(text));
      expect(format(once)).toBe(once);
    }),
    { numRuns: 1_000 },
  );
});

it('formats such a file at all', () => {
  const untouched = fc.sample(file, { numRuns: 200, seed: 7 }).filter((text) => format(text) === text);
  expect(untouched.length).toBeLessThan(20);
});
