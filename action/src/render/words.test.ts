import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const folder = new URL('golden/', import.meta.url);
/** What a run says to maintainers in its summary. */
const isSummary = (name: string): boolean => name.includes('summary');
const comments = ['', 'changes/', 'mistakes/'].flatMap((within) =>
  readdirSync(new URL(within, folder))
    .filter((name) => name.endsWith('.md') && !isSummary(name))
    .map((name) => `${within}${name}`),
);

/** Words of those who built this, which say nothing to a member. */
const words = [
  /\brows?\b/i,
  /\brevisions?\b/i,
  /\bfingerprints?\b/i,
  /\btables?\b/i,
  /(?<![\w|-])--?[a-z]/,
  /\b(?=\w*\d)[0-9a-f]{7,}\b/,
  /\b([0-9a-f])\1{6,}\b/,
];

it.each(comments)('no word of ours is in %s, outside of what is folded away', (name) => {
  const text = readFileSync(new URL(name, folder), 'utf8').replace(/^.*\n<!-- What follows .*? -->\n/s, '');
  const visible = text
    .replace(/<details>.*?<\/details>/gs, '')
    .replace(/\]\([^)]*\)/g, ']')
    .replace(/\\([^\w\s])/g, '$1');
  expect(visible.trim()).not.toBe('');
  for (const word of words) expect(visible).not.toMatch(word);
});
