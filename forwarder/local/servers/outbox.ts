import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Request, Response } from './httpServer.ts';

/** What is known of a mail that left, besides its bytes. */
interface Envelope {
  /** SES's id of the message. */
  readonly messageId: string;
  /** `mail`: sent by a function; `bounce`: a delivery report, by SendBounce or a bounce action. */
  readonly kind: 'mail' | 'bounce';
  /** The envelope sender. */
  readonly from: string;
  /** The one mailbox that this copy went to. */
  readonly to: string;
  /** ISO 8601. */
  readonly sentAt: string;
}

export interface Sent extends Envelope {
  /** The name of its file in the outbox. */
  readonly file: string;
}

/** The mailboxes of the world: a folder with an `.eml` file for each copy, and its envelope in a `.json` beside it. */
export interface Outbox {
  deliver(envelope: Envelope, raw: Buffer): Promise<void>;
  /** In the order in which they were sent. */
  list(): Promise<readonly Sent[]>;
  read(file: string): Promise<Buffer>;
}

export async function openOutbox(folder: string): Promise<Outbox> {
  await mkdir(folder, { recursive: true });
  let count = 0;
  return {
    deliver: async (envelope, raw) => {
      count += 1;
      const name = [stamp(envelope.sentAt), String(count).padStart(5, '0'), safe(envelope.to)].join('-');
      await writeFile(join(folder, `${name}.json`), `${JSON.stringify(envelope, null, 2)}\n`);
      // Under another name until it is whole: who lists the folder sees no half of a mail.
      await writeFile(join(folder, `${name}.part`), raw);
      await rename(join(folder, `${name}.part`), join(folder, `${name}.eml`));
    },
    list: async () => {
      const files = (await readdir(folder)).filter((file) => file.endsWith('.eml')).sort();
      return Promise.all(files.map((file) => describe(folder, file)));
    },
    read: (file) => readFile(join(folder, file)),
  };
}

async function describe(folder: string, file: string): Promise<Sent> {
  const envelope = await readFile(join(folder, file.replace(/\.eml$/, '.json')), 'utf8');
  return { ...(JSON.parse(envelope) as Envelope), file };
}

function stamp(iso: string): string {
  return iso.replace(/[-:]/g, '').replace(/\.(\d+)Z$/, '$1Z');
}

/** An address as part of a file name, whatever it holds. */
function safe(address: string): string {
  return address.replace(/[^A-Za-z0-9@._+-]/g, '_').slice(0, 100);
}

/**
 * The outbox as a plain page: the list of what left, and each mail as its source.
 *
 * @param state what holds mail back, in a sentence; it stands over the list
 */
export async function answerPage(
  outbox: Outbox,
  request: Request,
  state: () => Promise<string>,
): Promise<Response> {
  if (!isLocal(request.headers.host)) {
    return { status: 421, headers: plain, body: 'This page answers on this machine only.\n' };
  }
  const sent = await outbox.list();
  if (request.path === '/') return html(list(sent, await state()));
  // Only files of the list can be asked for: no path leads out of the folder.
  const wanted = decodeURIComponent(request.path.replace(/^\/mail\//, ''));
  const found = sent.find(({ file }) => file === wanted);
  if (!found) return { status: 404, headers: plain, body: 'There is no such mail.\n' };
  return { status: 200, headers: plain, body: await outbox.read(found.file) };
}

/** A page of others could have its own name lead here, and read the mails as its own (DNS rebinding). */
function isLocal(host: string | undefined): boolean {
  return host !== undefined && /^(?:127\.0\.0\.1|localhost|\[::1\])(?::\d+)?$/i.test(host);
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

function list(sent: readonly Sent[], state: string): string {
  const rows = sent.toReversed().map((mail) => {
    const link = `<a href="/mail/${encodeURIComponent(mail.file)}">${escapeHtml(mail.to)}</a>`;
    const from = mail.from === '' ? 'null sender' : mail.from;
    return `<tr><td>${escapeHtml(mail.sentAt)}<td>${mail.kind === 'bounce' ? 'report' : 'mail'}<td>${link}<td>${escapeHtml(from)}`;
  });
  return `<h1>Outbox</h1><p>${sent.length} mails left. ${escapeHtml(state)}</p>
<table><tr><th>Sent<th>Kind<th>To<th>Envelope sender
${rows.join('\n')}</table>`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
