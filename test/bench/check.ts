import { LineCounter, parseDocument } from 'yaml';
import { check, type SourceFile } from '../../schema/src/check.ts';

/** So many times the parser's own time may a check take. */
const ratioLimit = 2;
/** The exponent of its growth with the number of aliases. */
const growthLimit = 1.15;
const options = { today: '2026-11-24', reserved: ['forwarder-daemon', 'mailer-daemon'], folder: 'aliases' };

/** A check against `parseDocument` alone, over the same files in the same process, from 1,000 to 100,000 aliases. */
measure(1_000, 2);
const rows = [
  [1_000, 2],
  [10_000, 20],
  [100_000, 200],
].map(([aliases = 0, files = 1]) => ({ aliases, ...measure(aliases, files) }));
for (const { aliases, parseMs, checkMs } of rows) {
  print(`${aliases} aliases: parse ${parseMs.toFixed(0)} ms, check ${checkMs.toFixed(0)} ms`);
}
const last = rows.at(-1) ?? { parseMs: 1, checkMs: Number.POSITIVE_INFINITY };
const ratio = last.checkMs / last.parseMs;
const growth = exponent(rows.map(({ aliases, checkMs }) => [Math.log(aliases), Math.log(checkMs)]));
print(`check by parse: ${ratio.toFixed(2)} (at most ${ratioLimit})`);
print(`exponent of growth: ${growth.toFixed(2)} (at most ${growthLimit})`);
process.exitCode = ratio <= ratioLimit && growth <= growthLimit ? 0 : 1;

function measure(aliases: number, count: number): { readonly parseMs: number; readonly checkMs: number } {
  const texts = Array.from({ length: count }, (_, n) => domainFile(n, aliases / count));
  const files = texts.map((text, n): SourceFile => {
    const name = `d${n}.example.com.yml`;
    return { name, path: `aliases/${name}`, kind: 'file', bytes: new TextEncoder().encode(text) };
  });
  const parseMs = timed(() => {
    for (const text of texts) {
      parseDocument(text, { uniqueKeys: false, prettyErrors: false, lineCounter: new LineCounter() });
    }
  });
  const checkMs = timed(() => {
    const { diagnostics } = check(files, options);
    if (diagnostics.length > 0) throw new Error(`the bench's files are wrong: ${diagnostics[0]?.message}`);
  });
  return { parseMs, checkMs };
}

function domainFile(n: number, aliases: number): string {
  const people = Array.from({ length: aliases - 2 }, (_, i) =>
    i % 10 === 9
      ? `  group${i}:\n    type: group\n    destinations: [user${i - 1}, user${i - 2}, guest${i}@home.example]\n`
      : `  user${i}:\n    type: person\n    destinations: [user${i}@mailbox.example, user.${i}@work.example]\n`,
  );
  const roles = ['postmaster', 'abuse'].map(
    (role) => `  ${role}:\n    type: function\n    destinations: [user0]\n`,
  );
  return `domain: d${n}.example.com\naliases:\n${[...people, ...roles].join('')}`;
}

function timed(work: () => void): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

/** The slope of the line through the points (least squares). */
function exponent(points: readonly (readonly number[])[]): number {
  const mean = (axis: number): number =>
    points.reduce((sum, point) => sum + (point[axis] ?? 0), 0) / points.length;
  const [x, y] = [mean(0), mean(1)];
  const over = points.reduce((sum, [a = 0, b = 0]) => sum + (a - x) * (b - y), 0);
  return over / points.reduce((sum, [a = 0]) => sum + (a - x) ** 2, 0);
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
