import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { UsageError } from '../../../schema/src/commandLine/options.ts';
import { senderOf } from '../../../schema/src/stage/stage.ts';
import { milliseconds, toSeconds } from '../../../schema/src/text/time.ts';
import { firstForm } from '../delivery/fallbacks.ts';
import { headroom, openMessage } from '../mail/message.ts';
import type { Identity } from '../mail/sender.ts';
import { command, readAddress, type Terminal } from './terminal.ts';

/** The mail as it would be forwarded, from files to files. */
export const rewriteCommand = command({
  summary: 'Rewrite mails as they would be forwarded, from files to files',
  words: [],
  options: {
    alias: { kind: 'text', value: 'ADDRESS', help: 'the alias that the mails are to (required)' },
    in: { kind: 'text', value: 'FILE|DIR', help: 'the mail, or a folder of mails (standard input)' },
    shared: { kind: 'flag', help: 'as for an alias with more destinations than one' },
    unverified: { kind: 'flag', help: 'as for a mail of which neither SPF, DKIM nor DMARC passed' },
    out: { kind: 'text', value: 'FILE|DIR', help: 'where to write (standard output)' },
  },
  example: '--alias info@example.com --in mail.eml',
  async run(terminal, { values }) {
    if (values.alias === undefined) throw new UsageError('Missing option `--alias ADDRESS`.');
    const identity = {
      alias: readAddress(values.alias),
      senderLocalPart: senderOf(terminal.environment),
      messageId: 'unknown',
      isVerified: values.unverified !== true,
      isShared: values.shared === true,
    };
    const source = values.in ?? '-';
    if (source !== '-' && (await stat(source)).isDirectory()) {
      await rewriteFolder(source, values.out, identity, terminal);
      return 0;
    }
    const raw = rewriteBytes(source === '-' ? await readInput() : await readFile(source), identity);
    if (values.out === undefined || values.out === '-') terminal.out(raw);
    else await writeFile(await targetFor(values.out, basename(source)), raw);
    return 0;
  },
});

/** What SES would get first: also here a header that cannot be written safely gives a notice. */
function rewriteBytes(mail: Buffer, identity: Identity): Buffer {
  const message = openMessage(Buffer.concat([Buffer.alloc(headroom), mail]), headroom);
  const about = { identity, receivedAt: toSeconds(milliseconds(Date.now())) };
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
  terminal.note(`${files.length} ${files.length === 1 ? 'mail' : 'mails'} rewritten.\n`);
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
