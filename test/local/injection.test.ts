import { simpleParser } from 'mailparser';
import { createTransport } from 'nodemailer';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { LocalSystem } from '../../forwarder/local/system.ts';
import { demoAliases, startLocal } from '../localSystem.ts';

let system: LocalSystem;

beforeAll(async () => {
  system = await startLocal({ sync: demoAliases });
});

afterAll(() => system.stop());

/** The low byte of each of these spaces is a line feed: a header and a body, where it is written so. */
const payload = [
  'Hello',
  'Reply-To: thief@attacker.example',
  'X-SES-CONFIGURATION-SET: theirs',
  'From: "Jane Roe, Treasurer" <treasurer@example.com>',
  '',
  'Please pay to this account.',
  '',
].join('\u200a');

function quotedPrintable(text: string): string {
  return `=?utf-8?Q?${Buffer.from(text).toString('hex').replace(/../g, '=$&').toUpperCase()}?=`;
}

it.each([
  { form: 'Unicode spaces', attack: `${payload} \u00e9` },
  {
    form: 'ASCII alone, an encoded-word beside a long word',
    attack: `${quotedPrintable(payload)} ${'x'.repeat(950)}`,
  },
])('forwards an injection by $form under the sender and body that it came with', async ({ attack }) => {
  const before = (await system.outbox.list()).length;
  await createTransport({ host: '127.0.0.1', port: system.smtpPort, ignoreTLS: true }).sendMail({
    envelope: { from: 'mallory@attacker.example', to: ['jane.roe@example.com'] },
    raw: Buffer.from(
      [
        'From: Mallory <mallory@attacker.example>',
        'To: jane.roe@example.com',
        `Subject: ${attack}`,
        `X-Note: ${attack}`,
        `Comments: ${attack}`,
        '',
        'The true body.',
        '',
      ].join('\r\n'),
    ),
  });
  await system.idle();
  const [sent, ...others] = (await system.outbox.list()).slice(before);
  expect(others).toEqual([]);
  expect(sent?.kind).toBe('mail');
  const raw = await system.outbox.read(sent?.file ?? '');
  const { from, replyTo, headers, text, subject } = await simpleParser(raw);
  expect(from?.value).toEqual([
    { address: 'forwarder-daemon@example.com', name: 'Mallory (mallory@attacker.example) via jane.roe' },
  ]);
  expect(replyTo?.value).toEqual([{ address: 'mallory@attacker.example', name: 'Mallory' }]);
  expect(headers.has('x-ses-configuration-set')).toBe(false);
  expect(text?.trim()).toBe('The true body.');
  // All of it is still there, as text.
  expect(subject).toContain('Please pay to this account.');
  expect(raw.toString('latin1')).not.toMatch(/^(?:X-SES-|Please pay)/im);
});
