import { createRequire } from 'node:module';
import { headroom, openMessage } from '../../forwarder/src/mail/message.ts';
import { rewrite } from '../../forwarder/src/mail/rewrite.ts';
import { joinAddress } from '../../schema/src/address.ts';

/** The peer's own step from a mail to a rewritten one; it takes and gives a string. */
interface Peer {
  processMessage(data: { emailData: string; [key: string]: unknown }): Promise<{ emailData: string }>;
}

const peer = createRequire(import.meta.url)('aws-lambda-ses-forwarder') as Peer;
const identity = { alias: joinAddress('info', 'example.com'), senderLocalPart: 'forwarder-daemon' };

for (const { title, size, rounds } of [
  { title: '10 MB', size: 10_485_760, rounds: 20 },
  { title: '5 KB', size: 5_120, rounds: 2_000 },
]) {
  const mail = mailOf(size);
  const ours = await measure(rounds, () => ourRewrite(behindHeadroom(mail)));
  const theirs = await measure(rounds, () => theirRewrite(mail));
  print(
    `${title}: ours ${ours.toFixed(3)} ms, aws-lambda-ses-forwarder ${theirs.toFixed(3)} ms, ratio 1/${(theirs / ours).toFixed(1)}`,
  );
}
print(`peak memory of both in one process: ${Math.round(process.resourceUsage().maxRSS / 1024)} MB`);

function mailOf(size: number): Buffer {
  const hops = Array.from(
    { length: 12 },
    (_, hop) => `Received: from h${hop}.example by h${hop + 1}.example; Tue, 3 Nov 2026 10:00:00 +0000\r\n`,
  );
  const header =
    `${hops.join('')}From: Jane Doe <jane@sender.example>\r\nTo: info@example.com\r\nSubject: Hello\r\n` +
    'MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n';
  const line = `${'word '.repeat(15)}\r\n`;
  return Buffer.from(header + line.repeat(Math.ceil((size - header.length) / line.length)));
}

/** The bucket's adapter reads a mail to this place: laying it there is not part of the rewriting. */
function behindHeadroom(mail: Buffer): () => Buffer {
  const buffer = Buffer.concat([Buffer.alloc(headroom), mail]);
  return () => buffer;
}

function ourRewrite(buffer: () => Buffer): () => Promise<Buffer> {
  // A rewriting lays its header over the old one, so the next round has the original's bytes put back.
  const original = Buffer.from(buffer().subarray(0, headroom + 4_096));
  return async () => {
    const target = buffer();
    original.copy(target);
    return rewrite(openMessage(target, headroom), identity);
  };
}

function theirRewrite(mail: Buffer): () => Promise<Buffer> {
  const config = {
    fromEmail: 'forwarder-daemon@example.com',
    subjectPrefix: '',
    allowPlusSign: true,
    forwardMapping: {},
  };
  return async () => {
    const data = {
      emailData: mail.toString(),
      config,
      log: () => undefined,
      recipients: ['a@b.example'],
      originalRecipient: 'info@example.com',
    };
    return Buffer.from((await peer.processMessage(data)).emailData);
  };
}

/** Median milliseconds of one round. `prepare` makes what is timed. */
async function measure(rounds: number, prepare: () => () => Promise<Buffer>): Promise<number> {
  const run = prepare();
  const times: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const start = performance.now();
    await run();
    times.push(performance.now() - start);
  }
  return times.sort((a, b) => a - b)[Math.floor(rounds / 2)] ?? 0;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
