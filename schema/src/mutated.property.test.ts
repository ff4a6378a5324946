import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { check } from './check.ts';
import { readableFile } from './readableFile.fake.ts';
import { format, sameMeaning } from './style/format.ts';
import { codeframe } from './text/codeFrame.ts';
import { createSourceText } from './text/source.ts';

const options = { today: '2026-11-24', reserved: ['forwarder-daemon'], folder: 'aliases' };

const seed = `# yaml-language-server: $schema=../schema/domain.schema.json
${readableFile}`;

const scraps = [
  '\t',
  '\n',
  ' ',
  '  ',
  ':',
  ': ',
  '- ',
  '"',
  "'",
  '[',
  ']',
  '{',
  '}',
  ',',
  '&a ',
  '*a',
  '!x ',
  '|',
  '>',
  '#',
  ' #',
  '---\n',
  '...\n',
  '%',
  '? ',
  '<<: ',
  '\u0000',
  '\ufeff',
  '\u00e9',
  '\ud800',
  '@',
  '*',
  'null',
  '~',
  '\r',
  '\r\n',
  '\\',
  'aliases:\n',
  'domain: ',
];

const edit = fc.record({
  at: fc.nat(seed.length),
  drop: fc.nat(12),
  put: fc.oneof(
    fc.constantFrom(...scraps),
    fc.string({ maxLength: 8 }),
    fc.string({ unit: 'binary', maxLength: 3 }),
  ),
});

const mutated = fc
  .array(edit, { minLength: 1, maxLength: 6 })
  .map((edits) =>
    edits.reduce((text, { at, drop, put }) => text.slice(0, at) + put + text.slice(at + drop), seed),
  );

describe('mutated alias files', () => {
  it('are checked and shown without a crash', () => {
    fc.assert(
      fc.property(mutated, (text) => {
        const path = 'aliases/example.com.yml';
        const bytes = new TextEncoder().encode(text);
        const { diagnostics } = check([{ name: 'example.com.yml', path, kind: 'file', bytes }], options);
        const texts = new Map([[path, createSourceText(path, text)]]);
        for (const one of diagnostics) {
          expect(one.start.line).toBeGreaterThan(0);
          expect(one.start.column).toBeGreaterThan(0);
          expect(codeframe(one, texts, false)).toContain(`[${one.code}]`);
        }
      }),
      { numRuns: 10_000 },
    );
  });

  it('mean the same after being formatted, and need no second formatting', () => {
    fc.assert(
      fc.property(mutated, (text) => {
        const once = format(text);
        expect(once === text || sameMeaning(text.replace(/^\ufeff/, '').replaceAll('\r\n', '\n'), once)).toBe(
          true,
        );
        expect(format(once)).toBe(once);
      }),
      { numRuns: 2_000 },
    );
  });
});
