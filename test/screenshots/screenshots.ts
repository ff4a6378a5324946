import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import { commentPage } from './page.ts';

// Pictures of the golden comments, for the docs, and of all of them in a folder that is named: to be looked at after a
// change of what people read. Debian's browser takes them.

const golden = new URL('../../action/src/render/golden/', import.meta.url);
const docs = new URL('../../docs/screenshots/', import.meta.url).pathname;

/** Those that the docs show: a golden file, the title of a comment in it, the width in pixels. */
const telling = [
  ['changes/member-joins', 'The comment', 900],
  ['changes/member-leaves', 'The comment', 400],
  ['changes/deleted-file', 'The comment', 900],
  ['changes/expiry-of-a-member', 'Le commentaire', 400],
  ['mistakes/missing-comma', 'The comment', 900],
  ['mistakes/protected-too-few', 'Le commentaire', 400],
] as const;

const widths = [400, 900] as const;

const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  // In a container, root has no other choice.
  chromiumSandbox: process.getuid?.() !== 0,
});
try {
  const [folder] = process.argv.slice(2);
  if (folder === undefined) await takeTelling(browser);
  else await takeAll(browser, folder);
} finally {
  await browser.close();
}

async function takeTelling(of: Browser): Promise<void> {
  for (const [name, title, width] of telling) {
    const comment = (await commentsIn(`${name}.md`)).get(title);
    if (comment === undefined) throw new Error(`${name} has no “${title}”`);
    await take(of, comment, width, join(docs, `${fileName(name, title)}.png`));
  }
}

async function takeAll(of: Browser, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const within of ['changes', 'mistakes']) {
    for (const file of await readdir(new URL(`${within}/`, golden))) {
      for (const [title, comment] of await commentsIn(`${within}/${file}`)) {
        for (const width of widths) {
          const name = fileName(`${within}-${file.slice(0, -'.md'.length)}`, title);
          await take(of, comment, width, join(folder, `${name}-${width}.png`));
        }
      }
    }
  }
}

/** The comments of a golden file by their titles. */
async function commentsIn(name: string): Promise<Map<string, string>> {
  const text = await readFile(new URL(name, golden), 'utf8');
  const [, ...parts] = text.split(/^## /m);
  return new Map(
    parts.map((part) => {
      const [title = '', ...lines] = part.split('\n');
      return [title, lines.join('\n').trim()];
    }),
  );
}

function fileName(name: string, title: string): string {
  return `${name.split('/').at(-1)}-${title.toLowerCase().replace(/[^\p{L}]+/gu, '-')}`;
}

async function take(of: Browser, comment: string, width: number, path: string): Promise<void> {
  const page = await of.newPage({ viewport: { width, height: 100 }, javaScriptEnabled: false });
  await page.setContent(commentPage(comment));
  await page.screenshot({ path, fullPage: true });
  await page.close();
}
