import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { check, type SourceFile } from './check.ts';
import type { Correction, Diagnostic } from './text/diagnostic.ts';

const options = { today: '2026-11-24', reserved: ['forwarder-daemon', 'mailer-daemon'], folder: 'aliases' };
const mistakes = new URL('golden/', import.meta.url);
const codes = new URL('../golden/', import.meta.url);

type Texts = ReadonlyMap<string, string>;

const wrong: readonly (readonly [string, Texts])[] = [
  ...readdirSync(mistakes)
    .filter((name) => name.endsWith('.yml'))
    .map((name): [string, Texts] => [
      name.slice(0, -4),
      new Map([['example.com.yml', read(name, mistakes)]]),
    ]),
  ...readdirSync(codes)
    .filter((code) => readdirSync(new URL(`${code}/`, codes)).includes('err'))
    .map((code): [string, Texts] => {
      const folder = new URL(`${code}/err/`, codes);
      return [code, new Map(readdirSync(folder).map((name) => [name, read(name, folder)]))];
    }),
];

function read(name: string, folder: URL): string {
  return readFileSync(new URL(name, folder), 'utf8');
}

function diagnosticsOf(texts: Texts): readonly Diagnostic[] {
  const files = [...texts].map(
    ([name, text]): SourceFile => ({ name, path: name, kind: 'file', bytes: Buffer.from(text) }),
  );
  return check(files, options).diagnostics;
}

function linesAfter(text: string, { firstLine, lastLine, lines }: Correction): string {
  return text
    .split('\n')
    .toSpliced(firstLine - 1, lastLine - firstLine + 1, ...lines)
    .join('\n');
}

function corrected(texts: Texts, { file }: Diagnostic, correction: Correction): Texts {
  return new Map([...texts, [file, linesAfter(texts.get(file) ?? '', correction)]]);
}

/** How often a diagnostic is there, whatever its line. */
function count({ file, code, message }: Diagnostic, all: readonly Diagnostic[]): number {
  return all.filter((one) => one.file === file && one.code === code && one.message === message).length;
}

function addressesIn(text: string): string[] {
  return text.match(/[^\s,;:<>()[\]"'`{}]+@[^\s,;:<>()[\]"'`{}]+/g) ?? [];
}

describe('a correction', () => {
  const cases = wrong.flatMap(([name, texts]) =>
    diagnosticsOf(texts).flatMap((diagnostic) => {
      const { correction } = diagnostic;
      return correction === undefined ? [] : [{ name, texts, diagnostic, correction }];
    }),
  );

  it.each(cases)(
    'of $name mends what it is for, and is no mistake itself',
    ({ texts, diagnostic, correction }) => {
      const before = diagnosticsOf(texts);
      const after = diagnosticsOf(corrected(texts, diagnostic, correction));
      expect(count(diagnostic, after)).toBeLessThan(count(diagnostic, before));
      const added = after
        .filter(({ severity }) => severity === 'error')
        .filter((one) => count(one, before) === 0);
      expect(added).toEqual([]);
    },
  );

  it.each(cases)(
    'of $name has no address but those that were written, or are in the help',
    ({ texts, diagnostic, correction }) => {
      const known = `${texts.get(diagnostic.file)} ${diagnostic.help}`;
      const invented = correction.lines.flatMap(addressesIn).filter((address) => !known.includes(address));
      expect(invented).toEqual([]);
    },
  );

  it('is what the members read', async () => {
    const shown = cases.map(({ name, texts, diagnostic, correction }) => {
      const old = (texts.get(diagnostic.file) ?? '')
        .split('\n')
        .slice(correction.firstLine - 1, correction.lastLine);
      const lines = [...old.map((line) => `-${line}`), ...correction.lines.map((line) => `+${line}`)];
      return `# ${name}: ${diagnostic.help}\n${lines.join('\n')}\n`;
    });
    await expect(shown.join('\n')).toMatchFileSnapshot(new URL('corrections.txt', mistakes).pathname);
  });
});

describe('there is no correction', () => {
  const jane = '  jane:\n    destinations: [jane@home.example]\n';
  const board = (...entries: string[]) => `  board:\n    destinations: [${entries.join(', ')}]\n`;

  it.each<[string, code: string, aliases: string]>([
    [
      'for a name that another alias has',
      'alias-name',
      `${jane}  jane@example.com: {destinations: [a@home.example]}\n`,
    ],
    ['for a name with two spellings', 'alias-name', '  søren: {destinations: [a@home.example]}\n'],
    ['for a date that is past', 'date', '  jane: {destinations: [a@home.example], expires: 1.2.2020}\n'],
    ['for entries of which one is listed', 'destination', `${jane}${board('jane', 'jane mia@home.example')}`],
    ['for entries of which two are the same', 'destination', `${jane}${board('jane jane')}`],
    ['for entries of which one is not defined', 'destination', `${jane}${board('jane mia')}`],
    [
      'for a field that is there',
      'unknown-key',
      '  jane: {destinations: [a@home.example], destination: [b@home.example]}\n',
    ],
    [
      'for a list that goes on after its line',
      'yaml-bracket',
      '  jane:\n    destinations: [a@home.example,\n',
    ],
    ['that guesses an alias', 'undefined-reference', `${jane}${board('jnae')}`],
    ['that guesses a mailbox', 'provider-typo', board('a@gmial.com')],
    ['that guesses what looks alike', 'look-alike', board('a@gmaıl.com')],
  ])('%s', (_, code, aliases) => {
    const texts = new Map([['example.com.yml', `domain: example.com\naliases:\n${aliases}`]]);
    const found = diagnosticsOf(texts).filter((one) => one.code === code);
    expect(found.map(({ correction }) => correction)).toEqual([undefined]);
  });

  it('for a shared name, which is not the same alias in each domain', () => {
    const entries = (text: string) => `aliases:\n  jane: {destinations: [a@home.example]}\n${board(text)}`;
    const correctionsOf = (text: string) =>
      diagnosticsOf(new Map([['_shared.yml', entries(text)]]))
        .filter(({ code }) => code === 'destination')
        .map(({ correction }) => correction?.lines);
    expect(correctionsOf('jane mia@home.example')).toEqual([undefined]);
    expect(correctionsOf('b@home.example mia@home.example')).toEqual([
      ['    destinations: [b@home.example, mia@home.example]'],
    ]);
  });
});
