import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { milliseconds, toSeconds } from '../../../schema/src/text/time.ts';
import { firstForm } from '../delivery/fallbacks.ts';
import { headroom, openMessage } from '../mail/message.ts';
import type { Identity } from '../mail/sender.ts';
import { type Arguments, address } from './arguments.ts';
import { type Terminal, UsageError } from './terminal.ts';

/** `rewrite --alias ADDRESS [--in FILE|DIR] [--out FILE|DIR]`: the mail as it would go on, from files to files. */
export async function rewriteFiles({ options }: Arguments, terminal: Terminal): Promise<number> {
  if (options.alias === undefined) throw new UsageError('--alias ADDRESS is missing.');
  const senderLocalPart = terminal.environment.SENDER_LOCAL_PART || 'forwarder-daemon';
  const identity = { alias: address(options.alias), senderLocalPart };
  const source = options.in ?? '-';
  if (source !== '-' && (await stat(source)).isDirectory()) {
    await rewriteFolder(source, options.out, identity, terminal);
    return 0;
  }
  const raw = rewriteBytes(source === '-' ? await readInput() : await readFile(source), identity);
  if (options.out === undefined || options.out === '-') terminal.out(raw);
  else await writeFile(await targetFor(options.out, basename(source)), raw);
  return 0;
}

/** What SES would get first: also here a header that cannot be written safely gives a notice. */
function rewriteBytes(mail: Buffer, identity: Identity): Buffer {
  const message = openMessage(Buffer.concat([Buffer.alloc(headroom), mail]), headroom);
  const about = { identity, messageId: 'unknown', receivedAt: toSeconds(milliseconds(Date.now())) };
  const form = firstForm({ message, size: mail.length, isWhole: true }, about);
  if (form === undefined) throw new Error('No form of this mail can be written.');
  return form.raw;
}

async function rewriteFolder(
  source: string,
  target: string | undefined,
  identity: Identity,
  terminal: Terminal,
): Promise<void> {
  if (target === undefined) throw new UsageError('A folder of mails needs --out DIR.');
  await mkdir(target, { recursive: true });
  const files = (await readdir(source, { withFileTypes: true })).filter((entry) => entry.isFile());
  for (const { name } of files) {
    await writeFile(join(target, name), rewriteBytes(await readFile(join(source, name)), identity));
  }
  terminal.note(`${files.length} mails rewritten.\n`);
}

/** An existing folder takes the mail under its own name. */
async function targetFor(target: string, name: string): Promise<string> {
  const isFolder = await stat(target).then(
    (found) => found.isDirectory(),
    () => false,
  );
  return isFolder ? join(target, name) : target;
}

async function readInput(): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}
