import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createTransport } from 'nodemailer';
import { expect, it } from 'vitest';
import { runAliases } from '../../forwarder/local/aliasesCli.ts';
import { startSystem } from '../../forwarder/local/system.ts';

const forwarder = fileURLToPath(new URL('../../forwarder', import.meta.url));

/** Sends a mail while neither the tables nor the bucket answer, until `process` has failed; returns what left in the end. */
async function mailInAnOutage(onFunctionError: 'retry' | 'continue'): Promise<readonly string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'aliasops-failure-'));
  const failed = Promise.withResolvers<void>();
  const system = await startSystem({
    template: join(forwarder, '.serverless/cloudformation-template-update-stack.json'),
    root: forwarder,
    outbox: join(folder, 'outbox'),
    smtpPort: 0,
    onFunctionError,
    log: (source, line) => {
      if (source.endsWith('-process') && line.includes('"errorType"')) failed.resolve();
    },
  });
  try {
    const aliases = join(forwarder, 'local/demo/aliases');
    const { code, stderr } = await runAliases(system.environment, 'sync', '--dir', aliases);
    expect(code, stderr).toBe(0);
    system.faults.dynamodb.decide(() => 'before');
    system.faults.s3.decide(() => 'before');
    await createTransport({ host: '127.0.0.1', port: system.smtpPort, ignoreTLS: true }).sendMail({
      envelope: { from: 'ann@sender.example', to: ['li.wei@example.com'] },
      raw: 'From: ann@sender.example\r\nTo: li.wei@example.com\r\n\r\nbody\r\n',
    });
    await failed.promise;
    system.faults.dynamodb.decide(() => undefined);
    system.faults.s3.decide(() => undefined);
    await system.idle();
    return (await system.outbox.list()).map(({ kind, to }) => `${kind} to ${to}`);
  } finally {
    await system.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

it('delivers a mail of an outage when SES asks again', { timeout: 60_000 }, async () => {
  expect(await mailInAnOutage('retry')).toEqual(['mail to li.wei@mailbox.example']);
});

it('tells the sender of a mail of an outage when SES goes on to the bounce', {
  timeout: 60_000,
}, async () => {
  expect(await mailInAnOutage('continue')).toEqual(['bounce to ann@sender.example']);
});
