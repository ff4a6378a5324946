import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { runAliases } from '../../forwarder/local/aliasesCli.ts';
import { accept, type InboundMail } from '../../forwarder/local/receive/inboundMail.ts';
import { lambdaEvent } from '../../forwarder/local/receive/lambdaEvent.ts';
import { headerBlock } from '../../forwarder/local/ses/refuse.ts';
import { type LocalSystem, startSystem } from '../../forwarder/local/system.ts';

// What a large mail costs: the built bundle of `process` in a process of its own, against the servers of the local
// system. Asserts its peak of memory, that a mail of 28 MB to three people arrives byte for byte, and that of one of
// 40 MB they get a notice and the sender an answer.

const root = join(import.meta.dirname, '../..');
const forwarder = join(root, 'forwarder');
const bundle = join(forwarder, 'dist/process/index.mjs');
const megabyte = 1_048_576;
/** Bytes. */
const memoryLimit = 512 * megabyte;
const place = { region: 'eu-west-1', account: '123456789012', stackName: 'local' };
const recipient = 'board@example.com';
const destinations = ['jane.roe@mailbox.example', 'john.doe@home.example', 'j.doe@work.example'];
const sender = 'ann@sender.example';

const folder = await mkdtemp(join(tmpdir(), 'aliasops-memory-'));
const system = await startSystem({
  root: forwarder,
  outbox: join(folder, 'outbox'),
  smtpPort: 0,
  log: () => {},
});
try {
  await runAliases(system.environment, 'sync', '--dir', join(forwarder, 'local/demo/aliases'));
  await system.idle();
  const claims = [...(await forwardWhole(system)), ...(await answerTooLarge(system))];
  for (const [claim, holds] of claims) print(`${holds ? 'holds' : 'DOES NOT HOLD'}: ${claim}`);
  process.exitCode = claims.every(([, holds]) => holds) ? 0 : 1;
} finally {
  await system.stop();
  await rm(folder, { recursive: true, force: true });
}

type Claim = readonly [claim: string, holds: boolean];

async function forwardWhole(at: LocalSystem): Promise<Claim[]> {
  const mail = mailOf(28 * megabyte);
  const peak = await receive(at, mail);
  const arrived = await sentTo(at, ...destinations);
  return [
    [`28 MB: peak ${shown(peak)}, at most ${shown(memoryLimit)}`, peak <= memoryLimit],
    ['28 MB: arrives at each destination', arrived.length === destinations.length],
    ['28 MB: its body is the same', arrived.every((raw) => bodyHash(raw) === bodyHash(mail.raw))],
    ['28 MB: its sender hears nothing', (await sentTo(at, sender)).length === 0],
  ];
}

async function answerTooLarge(at: LocalSystem): Promise<Claim[]> {
  const before = (await sentTo(at, ...destinations)).length;
  const peak = await receive(at, mailOf(40 * megabyte));
  const notices = (await sentTo(at, ...destinations)).slice(before);
  const answers = await sentTo(at, sender);
  return [
    [`40 MB: peak ${shown(peak)}, at most ${shown(memoryLimit)}`, peak <= memoryLimit],
    [
      '40 MB: a notice to each, without the original',
      notices.length === destinations.length && notices.every(isBareNotice),
    ],
    [
      '40 MB: one answer, 5.3.4',
      answers.length === 1 && answers.every((raw) => /^Status: 5\.3\.4\r$/m.test(String(raw))),
    ],
    [
      '40 MB: the answer names no destination',
      !answers.some((raw) => destinations.some((each) => raw.includes(each))),
    ],
  ];
}

function isBareNotice(raw: Buffer): boolean {
  const isShort = raw.length < 10_000;
  return isShort && raw.includes('Subject: Not forwarded as it was: Photographs') && !raw.includes('rfc822');
}

/** A mail that is `size` bytes as the bucket has it: lines of base64, as an attachment. */
function mailOf(size: number): InboundMail {
  const header =
    `From: Ann <${sender}>\r\nTo: ${recipient}\r\nSubject: Photographs\r\nMIME-Version: 1.0\r\n` +
    'Content-Type: application/octet-stream\r\nContent-Transfer-Encoding: base64\r\n\r\n';
  const { raw, ...mail } = accept(
    { source: sender, recipients: [recipient], client: 'mail.sender.example', raw: Buffer.from(header) },
    place,
  );
  const whole = Buffer.alloc(size, `${'QUJD'.repeat(19)}\r\n`);
  raw.copy(whole);
  return { ...mail, raw: whole };
}

/** Puts the mail where SES does, and calls the bundle as SES does. */
async function receive(at: LocalSystem, mail: InboundMail): Promise<number> {
  const { messageId, source, receivedAt, raw } = mail;
  const Bucket = at.environment.MESSAGE_BUCKET;
  await at.s3.send(new PutObjectCommand({ Bucket, Key: messageId, Body: raw }));
  at.ses.received.add({ messageId, source, receivedAt, header: raw.subarray(0, headerBlock(raw).bodyStart) });
  const action = { FunctionArn: 'arn:aws:lambda:eu-west-1:123456789012:function:process' };
  const event = await lambdaEvent(mail, { Name: 'process' }, [recipient], action);
  return peakOf(at.environment, event);
}

/** Bytes that the process which runs the bundle had at its peak. */
async function peakOf(environment: LocalSystem['environment'], event: unknown): Promise<number> {
  const probe = spawn(process.execPath, [join(import.meta.dirname, 'memory.probe.ts'), bundle], {
    env: { PATH: process.env.PATH, ...environment, BOUNCE_SENDER: 'mailer-daemon@example.com' },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  probe.stdin.end(JSON.stringify(event));
  const printed = await text(probe.stdout);
  return Number(printed.trimEnd().split('\n').at(-1));
}

/** What left for these addresses, in the order of sending. */
async function sentTo(at: LocalSystem, ...addresses: readonly string[]): Promise<Buffer[]> {
  const sent = (await at.outbox.list()).filter(({ to }) => addresses.includes(to));
  return Promise.all(sent.map(({ file }) => at.outbox.read(file)));
}

function bodyHash(raw: Buffer): string {
  return createHash('sha256')
    .update(raw.subarray(headerBlock(raw).bodyStart))
    .digest('hex');
}

function shown(bytes: number): string {
  return `${Math.round(bytes / megabyte)} MB`;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
