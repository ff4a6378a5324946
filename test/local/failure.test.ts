import { createTransport } from 'nodemailer';
import { expect, it } from 'vitest';
import { demoAliases, startLocal } from '../localSystem.ts';

/** Sends a mail while neither the tables nor the bucket answer, until `process` has failed; returns what left in the end. */
async function mailInAnOutage(onFunctionError: 'retry' | 'continue'): Promise<readonly string[]> {
  const failed = Promise.withResolvers<void>();
  const system = await startLocal({
    sync: demoAliases,
    onFunctionError,
    log: (source, line) => {
      if (source.endsWith('-process') && line.includes('"errorType"')) failed.resolve();
    },
  });
  try {
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
  }
}

it('delivers a mail of an outage when SES asks again', async () => {
  expect(await mailInAnOutage('retry')).toEqual(['mail to li.wei@mailbox.example']);
});

it('tells the sender of a mail of an outage when SES goes on to the bounce', async () => {
  expect(await mailInAnOutage('continue')).toEqual(['bounce to ann@sender.example']);
});
