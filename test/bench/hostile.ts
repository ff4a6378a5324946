import { check, type SourceFile } from '../../schema/src/check.ts';

/** So long, and with so much memory, may a check of any one file take. */
const secondsLimit = 5;
const bytesLimit = 1024 ** 3;
const options = { today: '2026-11-24', reserved: ['forwarder-daemon', 'mailer-daemon'], folder: 'aliases' };
const head = 'domain: example.com\naliases:\n';

/** Texts that a YAML parser is slow at, or that multiply mistakes. */
const inputs: readonly (readonly [string, () => string | Uint8Array])[] = [
  ['50 MB', () => new Uint8Array(50_000_000).fill(97)],
  ['100,000 open brackets', () => '['.repeat(100_000)],
  ['100,000 dashes', () => '- '.repeat(100_000)],
  ['900 KB of commas', () => `[${','.repeat(900_000)}]`],
  ['100 KB of anchors', () => '&x '.repeat(33_000)],
  ['100 KB of anchors, a line each', () => 'a: &x b\n'.repeat(13_000)],
  ['100 KB of aliases, a line each', () => 'a: *x\n'.repeat(17_000)],
  ['1 MB of quotes', () => '"'.repeat(1_000_000)],
  ['100 KB of one key', () => 'a: b\n'.repeat(20_000)],
  [
    'lines ever deeper',
    () => Array.from({ length: 1_300 }, (_, depth) => `${' '.repeat(depth)}a:\n`).join(''),
  ],
  ['a cycle of 10,000', () => head + aliases((n) => [`a${(n + 1) % 10_000}`])],
  ['30,000 undefined references', () => head + aliases((n) => [`b${n}`, `c${n}`, `d${n}`])],
];

function aliases(destinations: (n: number) => readonly string[]): string {
  return Array.from(
    { length: 10_000 },
    (_, n) => `  a${n}: {destinations: [${destinations(n).join(', ')}]}\n`,
  ).join('');
}

const verdicts = inputs.map(([name, make]) => {
  const input = make();
  const bytes = typeof input === 'string' ? new TextEncoder().encode(input) : input;
  const file: SourceFile = { name: 'example.com.yml', path: 'aliases/example.com.yml', kind: 'file', bytes };
  const start = performance.now();
  const { diagnostics } = check([file], options);
  const seconds = (performance.now() - start) / 1000;
  const isRefused = diagnostics.some(({ severity }) => severity === 'error');
  print(
    `${name}: ${diagnostics.length} diagnostics in ${seconds.toFixed(2)} s${isRefused ? '' : ', NOT REFUSED'}`,
  );
  return isRefused && seconds <= secondsLimit;
});
const peak = process.resourceUsage().maxRSS * 1024;
print(`peak memory ${(peak / 1024 ** 2).toFixed(0)} MB (at most ${bytesLimit / 1024 ** 2})`);
process.exitCode = verdicts.every(Boolean) && peak <= bytesLimit ? 0 : 1;

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
