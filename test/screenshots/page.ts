import { readFileSync } from 'node:fs';
import { marked } from 'marked';

const style = readFileSync(new URL('github.css', import.meta.url), 'utf8');

/** A page with one comment, as GitHub shows it. Drawings stand there as their source. */
export function commentPage(markdown: string): string {
  const text = marked.parse(markdown, { async: false, gfm: true });
  return `<!doctype html>
<meta charset="utf-8">
<style>${style}</style>
<article class="comment">
<header class="author"><b>github-actions</b> commented</header>
<div class="text">${text}</div>
</article>`;
}
