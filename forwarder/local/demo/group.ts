import { randomBytes } from 'node:crypto';
import { headerBlock } from '../ses/headerBlock.ts';
import type { Letter, Scene } from './scene.ts';
import { json } from './sync.ts';

interface ExplainJson {
  readonly destinations: readonly { readonly address: string }[];
}

const recipient = 'info+flyer@example.net';

/** Nested groups, an alias domain and a subaddress, with what breaks when bodies are decoded. */
export async function mailGroup({ narrator, run, send, system, aliases }: Scene): Promise<void> {
  narrator.step(`Mail ${recipient}: nested groups on an alias domain, with a subaddress`);
  const { stdout, stderr } = await run('explain', recipient, '--dir', aliases, '--format', 'json');
  const expected = json<ExplainJson>(stdout, stderr).destinations.map(({ address }) => address);
  narrator.say(`${recipient} is\n${expected.join('\n')}`);
  const mail = bigLetter();
  const started = Date.now();
  const sent = await send(mail);
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  const to = sent.map((each) => each.to);
  narrator.check(
    expected.length > 1 && to.toSorted().join() === expected.toSorted().join(),
    `${to.length} mailboxes got it once each, ${seconds} s after it was handed in`,
  );
  const copies = await Promise.all(sent.map(({ file }) => system.outbox.read(file)));
  const body = bodyOf(mail.raw);
  narrator.check(
    copies.length > 0 && copies.every((copy) => bodyOf(copy).equals(body)),
    `the body's ${body.length.toLocaleString('en')} bytes are identical: 8-bit text and a 5 MB attachment`,
  );
  const [from = ''] = copies.flatMap((copy) =>
    headerBlock(copy).fields.flatMap((field) => (field.name.toLowerCase() === 'from' ? [field.value] : [])),
  );
  narrator.check(from.includes('@example.com>'), `From: ${from}`);
}

function bodyOf(raw: Buffer): Buffer {
  return raw.subarray(headerBlock(raw).bodyStart);
}

function bigLetter(): Letter {
  const head = [
    'From: =?utf-8?q?Ann_S=C3=A4nder?= <ann@sender.example>',
    `To: ${recipient}`,
    'Subject: Flyer',
    'Message-ID: <flyer@sender.example>',
    'MIME-Version: 1.0',
    'Content-Type: multipart/mixed; boundary=part',
    '',
    '--part',
    'Content-Type: text/plain; charset=iso-8859-1',
    'Content-Transfer-Encoding: 8bit',
    '',
    'Gr\xfc\xdfe: \xe0 la carte, \xff and \x80 are no UTF-8',
    '--part',
    'Content-Type: application/octet-stream; name=flyer.bin',
    'Content-Transfer-Encoding: base64',
    '',
    '',
  ].join('\r\n');
  const attachment = randomBytes(5 * 1024 * 1024)
    .toString('base64')
    .replace(/.{76}/g, '$&\r\n');
  const raw = Buffer.concat([
    Buffer.from(head, 'latin1'),
    Buffer.from(`${attachment}\r\n--part--\r\n`, 'latin1'),
  ]);
  return { from: 'ann@sender.example', to: [recipient], raw };
}
