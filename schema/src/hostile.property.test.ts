import { describe, expect, it } from 'vitest';
import { type Checked, check, type SourceFile } from './check.ts';

const options = { today: '2026-11-24', reserved: ['forwarder-daemon', 'mailer-daemon'], folder: 'aliases' };
const head = 'domain: example.com\naliases:\n';

function file(
  text: string | Uint8Array,
  name = 'example.com.yml',
  kind: SourceFile['kind'] = 'file',
): SourceFile {
  const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text;
  return { name, path: `aliases/${name}`, kind, bytes };
}

function utf16(text: string, mark: boolean): Uint8Array {
  return Buffer.from(`${mark ? '\ufeff' : ''}${text}`, 'utf16le');
}

/** `CODE line:column` of each error. */
function errors(checked: Checked): string[] {
  return checked.diagnostics
    .filter(({ severity }) => severity === 'error')
    .map(({ code, start }) => `${code} ${start.line}:${start.column}`);
}

const one = '  jane:\n    destinations: [jane@mailbox.example]\n';

describe('a character that cannot be seen', () => {
  const field = (name: string, text: string) =>
    file(`${head}  jane:\n    ${name}: ${text}\n    destinations: [jane@mailbox.example]\n`);
  const alone = [
    ['a zero-width space', '\u200b'],
    ['a zero-width joiner', '\u200d'],
    ['a soft hyphen', '\u00ad'],
    ['a word joiner', '\u2060'],
    ['a byte-order mark', '\ufeff'],
    ['a mark of direction', '\u200f'],
    ['an override of direction', '\u202e'],
    ['an Arabic letter mark', '\u061c'],
    ['a combining grapheme joiner', '\u034f'],
    ['a Hangul filler', '\u3164'],
    ['a selector after a letter', '\ufe0f'],
    ['a selector of variants', '\u{e0101}'],
    ['a tag', '\u{e0041}'],
    ['a line separator', '\u2028'],
    ['an interlinear mark', '\ufff9'],
    ['a control character', '\u0085'],
    ['a carriage return alone', '\r'],
  ] as const;

  it.each(alone)('%s is refused in every text, comments too', (_, character) => {
    for (const name of ['description', 'owner', 'type', 'expires'])
      expect(errors(check([field(name, `a${character}b`)], options))).toContain(
        `control-character 4:${8 + name.length}`,
      );
    expect(errors(check([field(`own${character}er`, 'jane')], options))).toContain('control-character 4:8');
    expect(errors(check([file(`# a${character}b\n${head}${one}`)], options))).toContain(
      'control-character 1:4',
    );
  });

  it.each(alone)('%s is refused as an escape sequence', (_, character) => {
    const sequence = [...character]
      .map((one) => `\\U${(one.codePointAt(0) ?? 0).toString(16).padStart(8, '0')}`)
      .join('');
    expect(errors(check([field('description', `"a${sequence}b"`)], options))).toEqual([
      'control-character 4:18',
    ]);
  });

  it.each([
    ['an emoji with its selector', '\u26a0\ufe0f ask first'],
    ['a family, joined', '\u{1f469}\u200d\u{1f467}'],
    ['joined after a selector', '\u2764\ufe0f\u200d\u{1f525}'],
    ['joined after a tone of skin', '\u{1f469}\u{1f3fd}\u200d\u{1f4bb}'],
    ['a combining accent', 'Zoe\u0308'],
    ['a no-break space', 'a\u00a0b'],
  ])('is not what makes up %s', (_, text) => {
    expect(errors(check([field('description', text)], options))).toEqual([]);
  });

  it.each([
    ['before nothing', '\u{1f469}\u200d', 21],
    ['after nothing', '\u200d\u{1f467}', 19],
    ['twice', '\u26a0\ufe0f\ufe0f', 21],
  ])('is a joiner or selector that joins nothing: %s', (_, text, column) => {
    expect(errors(check([field('description', `a${text}`)], options))).toContain(
      `control-character 4:${column}`,
    );
  });
});

describe('hostile and odd input ends in a diagnostic', () => {
  it.each<[string, () => SourceFile, string[]]>([
    ['duplicate fields', () => file(`domain: example.com\n${head}${one}`), ['duplicate-key 2:1']],
    ['an anchor', () => file(`${head}  jane: &x\n    destinations: [a@b.example]\n`), ['yaml-anchor 3:9']],
    [
      'a merge key',
      () => file(`${head}  jane: {<<: {}, destinations: [a@b.example]}\n`),
      ['yaml-merge-key 3:10'],
    ],
    ['a tag', () => file(`${head}  jane: !!map {destinations: [a@b.example]}\n`), ['yaml-tag 3:9']],
    ['several documents', () => file(`${head}${one}---\n${head}`), ['yaml-document 5:1']],
    ['UTF-16 with a mark', () => file(utf16(head, true)), ['encoding 1:1']],
    ['UTF-16 without a mark', () => file(utf16(head, false)), ['encoding 1:1']],
    ['Latin-1', () => file(Buffer.from(`${head}# f\xfcr`, 'latin1')), ['encoding 3:4']],
    ['a NUL', () => file(`${head}  ja\0ne: {destinations: [a@b.example]}\n`), ['control-character 3:5']],
    [
      'a NUL as an escape',
      () => file(`${head}  jane: {description: "\\0", destinations: [a@b.example]}\n`),
      ['control-character 3:23'],
    ],
    ['an empty file', () => file(''), ['empty-file 1:1']],
    ['only comments', () => file('# nothing\n'), ['empty-file 1:1']],
    ['a text alone', () => file('hello\n'), ['no-map 1:1']],
    ['null destinations', () => file(`${head}  jane: {destinations: null}\n`), ['wrong-type 3:24']],
    ['empty destinations', () => file(`${head}  jane:\n    destinations:\n`), ['wrong-type 4:5']],
    ['a null entry', () => file(`${head}  jane:\n    destinations:\n      -\n`), ['wrong-type 5:7']],
    [
      'a zero-width space',
      () => file(`${head}  jane: {destinations: ["a\u200b@b.example"]}\n`),
      ['control-character 3:27'],
    ],
    [
      'a full-width letter',
      () => file(`${head}  jane: {destinations: [\uff41@b.example]}\n`),
      ['destination 3:25'],
    ],
    [
      'a Cyrillic letter',
      () => file(`${head}  jane: {destinations: [a@b.ex\u0430mple]}\n`),
      ['look-alike 3:25'],
    ],
    ['text turned around', () => file(`${head}${one}# \u202e\n`), ['control-character 5:3']],
    ['a trailing dot', () => file(`${head}  jane: {destinations: [a@b.example.]}\n`), ['destination 3:25']],
    [
      'a quoted local part',
      () => file(`${head}  jane: {destinations: ['"a b"@b.example']}\n`),
      ['destination 3:25'],
    ],
    ['a name in capitals', () => file(`${head}${one}`, 'EXAMPLE.com.yml'), ['file-name 1:1']],
    ['a link', () => file('', 'example.com.yml', 'link'), ['not-a-file 1:1']],
    ['a file too large to read', () => file('', 'example.com.yml', 'too-large'), ['file-too-large 1:1']],
    ['a folder named like a file', () => file('', 'example.com.yml', 'directory'), ['not-a-file 1:1']],
    ['100,000 open brackets', () => file('['.repeat(100_000)), ['yaml-depth 1:33']],
    ['100,000 dashes', () => file('- '.repeat(100_000)), ['yaml-noise 1:201']],
    ['100,000 question marks', () => file('? '.repeat(100_000)), ['yaml-noise 1:201']],
    ['900 KB of commas', () => file(`[${','.repeat(900_000)}]`), ['yaml-noise 1:101']],
    ['100 KB of anchors', () => file('&x '.repeat(33_000)), ['yaml-noise 1:301']],
    [
      '100 KB of quotes',
      () => file('"'.repeat(100_001)),
      expect.arrayContaining([expect.stringMatching(/^yaml-/)]),
    ],
    ['50 MB', () => file(new Uint8Array(50_000_000).fill(97)), ['file-too-large 1:1']],
  ])('%s', (_, input, expected) => {
    expect(errors(check([input()], options))).toEqual(expected);
  });

  it('lines that nest ever deeper', () => {
    const lines = Array.from({ length: 1_300 }, (_, depth) => `${' '.repeat(depth)}a:\n`).join('');
    expect(errors(check([file(lines)], options))).toEqual(['yaml-depth 202:202']);
  });

  it('a field that stands 100,000 times', () => {
    const checked = check([file(`${head}${one}${'x: y\n'.repeat(100_000)}`)], options);
    expect(errors(checked)).toHaveLength(100_000);
  });

  it.each([
    ['wrong', 'destination', (n: number) => `"j ${n}@b.example"`],
    ['repeated', 'duplicate-destination', () => 'j@b.example'],
  ])('a line with 40,000 %s destinations', (_, code, entry) => {
    const entries = Array.from({ length: 40_000 }, (_, n) => entry(n));
    const found = errors(check([file(`${head}  a: {destinations: [${entries.join(', ')}]}\n`)], options));
    expect(found.filter((one) => one.startsWith(`${code} `)).length).toBeGreaterThan(39_998);
  });

  it('a cycle of 10,000 is told once, at the destination that leaves its first alias', () => {
    const aliases = Array.from(
      { length: 10_000 },
      (_, n) => `  a${n}: {destinations: [a${(n + 1) % 10_000}]}\n`,
    );
    expect(errors(check([file(head + aliases.join(''))], options))).toEqual(['cycle 3:23']);
  });
});

describe('odd input that is legal', () => {
  it.each([
    ['a byte-order mark', `\ufeff${head}${one}`],
    ['CRLF', `${head}${one}`.replaceAll('\n', '\r\n')],
    ['no line end at the end', `${head}${one}`.trimEnd()],
  ])('%s is accepted', (_, text) => {
    expect(errors(check([file(text)], options))).toEqual([]);
  });

  it.each(['__proto__', 'constructor', 'no', 'on', '1e3', '0777', 'null', 'true', '~'])(
    '%s is a name like any other',
    (name) => {
      const text = `${head}  ${name}: {destinations: [a@b.example]}\n  all: {description: ${name}, destinations: [${name}]}\n`;
      const { diagnostics, records } = check([file(text)], options);
      expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
      expect(records.definitions.map(({ alias }) => alias)).toContain(name);
      expect(records.definitions.find(({ alias }) => alias === 'all')).toMatchObject({
        description: name,
        destinations: [name],
      });
    },
  );

  it('takes an international domain in both forms for the same', () => {
    const both = `${head}  a: {destinations: [x@b\u00fccher.example, x@xn--bcher-kva.example]}\n`;
    expect(errors(check([file(both)], options))).toEqual(['duplicate-destination 3:40']);
  });

  it('folds capitals', () => {
    const { records } = check(
      [file('domain: Example.COM\naliases:\n  Jane: {destinations: [Jane@Mailbox.Example]}\n')],
      options,
    );
    expect(records.definitions).toMatchObject([
      { domain: 'example.com', alias: 'jane', destinations: ['jane@mailbox.example'] },
    ]);
  });
});
