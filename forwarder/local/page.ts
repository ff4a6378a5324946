import type { Request, Response } from './servers/httpServer.ts';
import type { Outbox, Sent } from './servers/outbox.ts';

/** The outbox as a plain page: the list of what left, and each mail as its source. */
export async function answerPage(outbox: Outbox, request: Request): Promise<Response> {
  const sent = await outbox.list();
  if (request.path === '/') return html(list(sent));
  // Only files of the list can be asked for: no path leads out of the folder.
  const wanted = decodeURIComponent(request.path.replace(/^\/mail\//, ''));
  const found = sent.find(({ file }) => file === wanted);
  if (!found) return { status: 404, headers: plain, body: 'There is no such mail.\n' };
  return { status: 200, headers: plain, body: await outbox.read(found.file) };
}

/** Nothing in a mail may run in the page. */
const guards = { 'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'" };
const plain = { ...guards, 'content-type': 'text/plain; charset=utf-8', 'x-content-type-options': 'nosniff' };

function html(body: string): Response {
  return {
    status: 200,
    headers: { ...guards, 'content-type': 'text/html; charset=utf-8' },
    body: `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Outbox</title>
<style>body{font:16px/1.5 system-ui;margin:2rem}td,th{padding:.2rem 1rem .2rem 0;text-align:left}</style>
${body}</html>
`,
  };
}

function list(sent: readonly Sent[]): string {
  const rows = sent.toReversed().map((mail) => {
    const link = `<a href="/mail/${encodeURIComponent(mail.file)}">${escapeHtml(mail.to)}</a>`;
    const from = mail.from === '' ? 'null sender' : mail.from;
    return `<tr><td>${escapeHtml(mail.sentAt)}<td>${mail.kind === 'bounce' ? 'report' : 'mail'}<td>${link}<td>${escapeHtml(from)}`;
  });
  return `<h1>Outbox</h1><p>${sent.length} mails left.</p>
<table><tr><th>Sent<th>Kind<th>To<th>Envelope sender
${rows.join('\n')}</table>`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
