import { simpleParser } from 'mailparser';
import { expect, test } from 'vitest';
import { joinAddress } from '../../../schema/src/text/address.ts';
import { unblockedNotice } from './unblockedNotice.ts';

const alias = joinAddress('board', 'example.com');
const identity = { alias, senderLocalPart: 'forwarder-daemon' };

test.each([
  [
    'reason',
    {
      aliases: [alias, joinAddress('info', 'example.com')],
      since: '2026-11-02',
      reason: 'smtp; 552 5.2.2 full',
    },
  ],
  ['suppressed', { aliases: [alias], since: undefined, reason: undefined }],
])('says what happened: %s', async (name, blocking) => {
  const { from, to, subject, text, headers } = await simpleParser(unblockedNotice(blocking, identity));
  const parsed = [from, to].map((field) => (Array.isArray(field) ? field : [field])[0]?.text);
  const shown = [`From: ${parsed[0]}`, `To: ${parsed[1]}`, `Subject: ${subject}`, '', text].join('\n');
  await expect(shown).toMatchFileSnapshot(`golden/unblocked-${name}.txt`);
  expect(headers.get('auto-submitted')).toBe('auto-generated');
});

test('lets no reason of a server be more than a line', async () => {
  const reason = `550 \u202egone\r\nBcc: x@y.example\n\n${'a'.repeat(1_000)}`;
  const { text = '', bcc } = await simpleParser(
    unblockedNotice({ aliases: [alias], since: '2026-11-02', reason }, identity),
  );
  expect(bcc).toBeUndefined();
  const line = text.split('\n').find((one) => one.includes('550')) ?? '';
  expect(line).toMatch(/^ {2}550 gone Bcc: x@y\.example a+$/);
  expect(line.length).toBeLessThanOrEqual(302);
});
