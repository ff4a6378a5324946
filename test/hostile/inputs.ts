/** A file that is wrong, odd or made to do harm. `exit` is how `check` ends on a folder with it. */
export interface HostileInput {
  readonly title: string;
  /** Base name; `example.com.yml` unless the name is the point. */
  readonly name: string;
  readonly kind: 'file' | 'folder' | 'link';
  readonly content: () => string | Uint8Array;
  readonly exit: 0 | 1;
}

/** As many bytes as a file may have. */
const most = 1_048_576;
const head = 'domain: example.com\naliases:\n';
const one = '  jane: {destinations: [jane@mailbox.example]}\n';

export const hostileInputs: readonly HostileInput[] = [
  wrong('duplicate keys', () => `${head}${one}domain: example.com\n`),
  wrong('an anchor and an alias', () => `${head}  a: &x {destinations: [b@c.example]}\n  b: *x\n`),
  wrong('a merge key', () => `${head}  a: {<<: {}, destinations: [b@c.example]}\n`),
  wrong('a tag', () => `${head}  a: !!js/function {destinations: [b@c.example]}\n`),
  wrong('several documents', () => `${head}${one}---\n${head}`),
  wrong('UTF-16', () => Buffer.from(`\ufeff${head}${one}`, 'utf16le')),
  wrong('a NUL', () => `${head}  ja\0ne: {destinations: [a@b.example]}\n`),
  wrong('an empty file', () => ''),
  wrong('null destinations', () => `${head}  jane: {destinations: null}\n`),
  wrong('look-alike letters', () => `${head}  jane: {destinations: [a@ex\u0430mple.com]}\n`),
  wrong(
    'a domain in both its forms',
    () => `${head}  a: {destinations: [x@b\u00fccher.example, x@xn--bcher-kva.example]}\n`,
  ),
  wrong('a trailing dot', () => `${head}  a: {destinations: [a@b.example.]}\n`),
  wrong('a quoted local part', () => `${head}  a: {destinations: ['"a b"@b.example']}\n`),
  { ...wrong('a name in capitals', () => `${head}${one}`), name: 'EXAMPLE.com.yml' },
  { ...wrong('a link out of the folder', () => ''), kind: 'link' },
  { ...wrong('a folder named like a file', () => ''), kind: 'folder' },
  legal('a byte-order mark and CRLF', () => `\ufeff${head}${one}`.replaceAll('\n', '\r\n')),
  legal(
    'upper case',
    () => 'domain: EXAMPLE.com\naliases:\n  Jane: {destinations: [Jane@Mailbox.Example]}\n',
  ),
  legal(
    'names that YAML or JavaScript take for something else',
    () =>
      head +
      ['__proto__', 'constructor', 'no', '1e3', '0777']
        .map((name) => `  ${name}: {destinations: [a@b.example]}\n`)
        .join(''),
  ),
  wrong('50 MB', () => new Uint8Array(50_000_000).fill(97)),
  wrong('100,000 brackets', () => '['.repeat(100_000)),
  wrong('100,000 dashes', () => '- '.repeat(100_000)),
  wrong('100,000 question marks', () => '? '.repeat(100_000)),
  wrong('lines ever deeper', () =>
    Array.from({ length: 1_400 }, (_, depth) => `${' '.repeat(depth)}a:\n`).join(''),
  ),
  wrong('900 KB of commas', () => `[${','.repeat(900_000)}]`),
  wrong('900 KB of commas in an alias', () => `${head}  a: {destinations: [${','.repeat(900_000)}]}\n`),
  wrong('100 KB of anchors', () => '&x '.repeat(33_000)),
  wrong('1 MB of anchors, a line each', () => filled('a: &x b\n')),
  wrong('1 MB of aliases, a line each', () => filled('a: *x\n')),
  wrong('1 MB of one key', () => filled('a: b\n')),
  wrong('1 MB of one alias', () => filled('  a: {}\n', head)),
  wrong('1 MB of brackets that open', () => filled('a: [\n')),
  wrong('1 MB of brackets that close', () => filled('a: ]\n')),
  wrong('1 MB of quotes that open', () => filled('a: "\n')),
  wrong('1 MB of quotes in a row', () => '"'.repeat(most)),
  wrong('1 MB of false escapes', () => `a: "${'\\q'.repeat(500_000)}"`),
  wrong('1 MB of entries that begin with an @', () => `[${filled('@, ')}]`.slice(0, most)),
  wrong('1 MB of documents', () => filled('a\n---\n')),
  wrong('1 MB of tabs', () => filled('\ta: b\n')),
  wrong('1 MB of control characters', () => '\u0001'.repeat(most)),
  wrong(
    '1 MB of one undefined reference',
    () => `${head}  a: {destinations: [${filled('b, ').slice(0, most - 100)}]}\n`,
  ),
  wrong('30,000 undefined references', () => head + aliases(10_000, (n) => [`b${n}`, `c${n}`, `d${n}`])),
  wrong('a cycle of 10,000', () => head + aliases(10_000, (n) => [`a${(n + 1) % 10_000}`])),
  wrong(
    '400 aliases, each with all of them',
    () => head + aliases(400, () => Array.from({ length: 400 }, (_, n) => `a${n}`)),
  ),
];

function wrong(title: string, content: HostileInput['content']): HostileInput {
  return { title, name: 'example.com.yml', kind: 'file', content, exit: 1 };
}

function legal(title: string, content: HostileInput['content']): HostileInput {
  return { ...wrong(title, content), exit: 0 };
}

function filled(unit: string, start = ''): string {
  return start + unit.repeat(Math.floor((most - start.length) / unit.length));
}

function aliases(count: number, destinations: (n: number) => readonly string[]): string {
  return Array.from(
    { length: count },
    (_, n) => `  a${n}: {destinations: [${destinations(n).join(', ')}]}\n`,
  ).join('');
}
