import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { LocalSystem } from '../../forwarder/local/system.ts';
import { run } from '../../forwarder/src/cli/run.ts';
import { markerField } from '../../forwarder/src/mail/loop.ts';
import { joinAddress } from '../../schema/src/text/address.ts';
import { startLocal } from '../localSystem.ts';

const aliases = `domain: example.com
aliases:
  jane:
    destinations: [jane@mailbox.example]
  board:
    type: group
    destinations: [jane, bounce@simulator.amazonses.com]
  former:
    active: false
    destinations: [jane@home.example]
  assembly:
    expires: 2026-01-31
    destinations: [jane@work.example]
  postmaster:
    destinations: [jane]
  abuse:
    destinations: [jane]
`;

/** How mails end, each from a sender of its own. */
const ends: readonly {
  readonly name: string;
  readonly to?: string;
  readonly headers?: readonly string[];
  /** Whether it is the mail that was delivered, come back. */
  readonly isBack?: boolean;
  readonly says: RegExp;
}[] = [
  {
    name: 'first',
    to: 'board',
    says: /^ {2}bounced {2}board@\S+ to bounce@simulator\S+ \(bounced later\): /m,
  },
  { name: 'delivered', says: /^ {2}sent {2}jane@example\.com to jane@mailbox\.example: SES took it as /m },
  { name: 'spam', headers: ['X-Local-Verdicts: spam=FAIL'], says: /^ {2}dropped \(spam\) {2}jane@/m },
  { name: 'virus', headers: ['X-Local-Verdicts: virus=FAIL'], says: /^ {2}dropped \(virus\) {2}jane@/m },
  {
    name: 'dmarc',
    headers: ['X-Local-Verdicts: spf=PASS; dkim=FAIL; dmarc=FAIL; policy=reject'],
    says: /^ {2}refused \(dmarc\) {2}jane@[\s\S]*^ {2}SES told the sender$/m,
  },
  {
    name: 'forged',
    headers: ['X-Local-Verdicts: spf=FAIL; dkim=FAIL; dmarc=FAIL; policy=reject'],
    says: /^ {2}dropped \(dmarc\) {2}jane@[\s\S]*^ {2}the sender was not told$/m,
  },
  {
    name: 'unknown',
    to: 'nobody',
    says: /^ {2}unknown {2}nobody@[\s\S]*^ {2}the sender was told about nobody@example\.com$/m,
  },
  {
    name: 'unanswered',
    to: 'nobody',
    headers: ['Auto-Submitted: auto-replied'],
    says: /^ {2}unknown {2}nobody@[\s\S]*^ {2}the sender was not told$/m,
  },
  {
    name: 'inactive',
    to: 'former',
    says: /^ {2}inactive {2}former@example\.com: the alias is switched off/m,
  },
  { name: 'expired', to: 'assembly', says: /^ {2}inactive {2}assembly@example\.com: .* has expired$/m },
  {
    name: 'blocked',
    to: 'board',
    says: /^ {2}bounced {2}board@\S+ to bounce@simulator\S+ \(blocked\): not sent/m,
  },
  {
    name: 'looped',
    isBack: true,
    says: /^ {2}loop {2}jane@example\.com to /m,
  },
  {
    name: 'ignored',
    to: 'forwarder-daemon',
    headers: ['Auto-Submitted: auto-replied'],
    says: /^ {2}ignored {2}forwarder-daemon@example\.com: a program wrote/m,
  },
];

let system: LocalSystem;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'aliasops-trace-'));
  await writeFile(join(folder, 'example.com.yml'), aliases);
  system = await startLocal({ sync: folder });
  Object.assign(process.env, system.environment);
  const transport = createTransport({ host: '127.0.0.1', port: system.smtpPort, ignoreTLS: true });
  for (const { name, to = 'jane', headers = [], isBack = false } of ends) {
    const recipient = `${to}@example.com`;
    const from = `${name}@sender.example`;
    const fields = [
      `From: ${from}`,
      `To: ${recipient}`,
      'Subject: Secret',
      `Message-ID: <${name}.1@mailer.example>`,
    ];
    await transport.sendMail({
      envelope: { from, to: [recipient] },
      raw: [...fields, ...(isBack ? [await markerOfDelivered()] : headers), '', 'body', ''].join('\r\n'),
    });
    // A bounce counts for the mails after it.
    await system.idle();
  }
});

afterAll(async () => {
  await system.stop();
  await rm(folder, { recursive: true, force: true });
});

it.each(ends)(
  'traces a mail that ends as $name, by sender, recipient and both ids',
  async ({ name, to = 'jane', says }) => {
    const messageId = `<${name}.1@mailer.example>`;
    const [row] = JSON.parse(await command('trace', messageId, '--format', 'json'));
    for (const about of [`${name}@sender.example`, `${to}@example.com`, messageId, row.messageId]) {
      const out = await command('trace', about);
      expect(out).not.toContain('Secret');
      const [mail = ''] = out.split('\n\n').filter((part) => part.includes(messageId));
      expect(mail).toMatch(/^[-0-9]{10} [:0-9]{8} UTC from /);
      expect(mail).toMatch(says);
    }
  },
);

it('traces a mail by the Message-ID under which its recipient has it', async () => {
  const [{ sesMessageId }] = JSON.parse(
    await command('trace', 'delivered@sender.example', '--format', 'json'),
  );
  expect(await command('trace', `<${sesMessageId}@eu-west-1.amazonses.com>`)).toContain(
    '<delivered.1@mailer.example>',
  );
});

it('lists the last mails that were turned away, and how many there are', async () => {
  const out = await command('rejected', '--limit', '3');
  expect(out).toMatch(/^8 mails were turned away since .* UTC; the last 3:\n(?:.*\n){3}$/);
  const json = JSON.parse(await command('rejected', '--days', '1', '--format', 'json'));
  expect(json).toMatchObject({ count: 8, since: expect.stringMatching(/Z$/) });
  expect(json.mails).toContainEqual(
    expect.objectContaining({
      sender: 'spam@sender.example',
      recipients: [{ recipient: 'jane@example.com', kind: 'dropped', reason: 'spam' }],
    }),
  );
});

it("lists SES's suppression list", async () => {
  for (let n = 0; n < 1_001; n += 1) system.ses.suppression.put(`a${n}@home.example`, 'COMPLAINT');
  const all = JSON.parse(await command('suppressed', '--format', 'json'));
  expect(all.length).toBeGreaterThan(1_000);
  expect(all[0]).toEqual({
    address: 'a0@home.example',
    reason: 'complaint',
    since: expect.stringMatching(/Z$/),
  });
  expect(await command('suppressed')).toMatch(/^a0@home\.example {2}since .* UTC: complaint\n/);
});

async function markerOfDelivered(): Promise<string> {
  const [{ messageId }] = JSON.parse(await command('trace', 'delivered@sender.example', '--format', 'json'));
  return markerField({ alias: joinAddress('jane', 'example.com'), messageId });
}

async function command(...args: readonly string[]): Promise<string> {
  const printed = { out: '', note: '' };
  const code = await run([...args, '--stage', 'local'], {
    out: (text) => {
      printed.out += text.toString();
    },
    note: (text) => {
      printed.note += text;
    },
    environment: process.env,
    now: Date.now(),
  });
  expect({ code, note: printed.note }).toEqual({ code: 0, note: '' });
  return printed.out;
}
