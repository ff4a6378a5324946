import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { createTransport } from 'nodemailer';
import { expect, it } from 'vitest';

it('starts on free ports, syncs the files, and shows what left', async () => {
  const outbox = await mkdtemp(join(tmpdir(), 'aliasops-start-'));
  const start = fileURLToPath(new URL('../../forwarder/local/start.ts', import.meta.url));
  const child = spawn(process.execPath, [start], {
    env: { ...process.env, OUTBOX: outbox, PORT_SMTP: '0', PORT_HTTP: '0' },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  try {
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
    await waitFor(() => said.includes('sync of aliases/ done'));
    const port = Number(/SMTP {2}127\.0\.0\.1:(\d+)/.exec(said)?.[1]);
    const page = /page {2}(\S+)/.exec(said)?.[1] ?? '';
    await createTransport({ host: '127.0.0.1', port, ignoreTLS: true }).sendMail({
      envelope: { from: 'ann@sender.example', to: ['jane.roe@example.com'] },
      raw: 'From: <ann@sender.example>\r\nSubject: <b>hello</b>\r\n\r\nbody\r\n',
    });
    const shown = async () => (await fetch(page)).text();
    await waitFor(async () => (await shown()).includes('jane.roe@mailbox.example'));
    expect(await shown()).not.toContain('<b>');
    expect(await shown()).toContain('No mail waits because of bounces.');
  } finally {
    child.kill('SIGTERM');
    if (child.exitCode === null) await once(child, 'exit');
    await rm(outbox, { recursive: true, force: true });
  }
});

async function waitFor(isSo: () => boolean | Promise<boolean>): Promise<void> {
  const end = Date.now() + 40_000;
  while (!(await isSo())) {
    if (Date.now() > end) throw new Error('it did not happen in 40 s');
    await delay(100);
  }
}
