import { createRequire } from 'node:module';
import { fakeIdentity as identity } from '../../forwarder/src/mail/identity.fake.ts';
import { headroom, openMessage } from '../../forwarder/src/mail/message.ts';
import { rewrite } from '../../forwarder/src/mail/rewrite.ts';

// `rewrite.probe.ts ours|theirs BYTES ROUNDS`: rewrites one mail so often, and prints the median milliseconds of a round
// and the peak of this process's memory in megabytes, as JSON. Buffer in, Buffer out on both sides.

/** The peer's own step from a mail to a rewritten one; it takes and gives a string. */
interface Peer {
  processMessage(data: { emailData: string; [key: string]: unknown }): Promise<{ emailData: string }>;
}

const [side, size, rounds] = process.argv.slice(2);
const mail = mailOf(Number(size));
const milliseconds = await measure(Number(rounds), side === 'ours' ? ourRewrite() : theirRewrite());
const megabytes = Math.round(process.resourceUsage().maxRSS / 1024);
process.stdout.write(`${JSON.stringify({ milliseconds, megabytes })}\n`);

/** Behind the headroom, as the bucket's adapter reads it. */
function mailOf(bytes: number): Buffer {
  const hops = Array.from(
    { length: 12 },
    (_, hop) => `Received: from h${hop}.example by h${hop + 1}.example; Tue, 3 Nov 2026 10:00:00 +0000\r\n`,
  );
  const header =
    `${hops.join('')}From: Jane Doe <jane@sender.example>\r\nTo: info@example.com\r\nSubject: Hello\r\n` +
    'MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n';
  const buffer = Buffer.alloc(headroom + bytes);
  const bodyStart = headroom + buffer.write(header, headroom);
  buffer.fill(`${'word '.repeat(15)}\r\n`, bodyStart);
  return buffer;
}

function ourRewrite(): () => Promise<Buffer> {
  // A rewriting lays its header over the old one, so the next round has the original's bytes put back.
  const original = Buffer.from(mail.subarray(0, headroom + 4_096));
  return async () => {
    original.copy(mail);
    return rewrite(openMessage(mail, headroom), identity);
  };
}

function theirRewrite(): () => Promise<Buffer> {
  const peer = createRequire(import.meta.url)('aws-lambda-ses-forwarder') as Peer;
  const config = {
    fromEmail: 'forwarder-daemon@example.com',
    subjectPrefix: '',
    allowPlusSign: true,
    forwardMapping: {},
  };
  return async () => {
    const data = {
      emailData: mail.toString('utf8', headroom),
      config,
      log: () => undefined,
      recipients: ['a@b.example'],
      originalRecipient: 'info@example.com',
    };
    return Buffer.from((await peer.processMessage(data)).emailData);
  };
}

async function measure(times: number, run: () => Promise<Buffer>): Promise<number> {
  const taken: number[] = [];
  for (let round = 0; round < times; round += 1) {
    const start = performance.now();
    await run();
    taken.push(performance.now() - start);
  }
  return taken.toSorted((a, b) => a - b)[Math.floor(times / 2)] ?? Number.NaN;
}
