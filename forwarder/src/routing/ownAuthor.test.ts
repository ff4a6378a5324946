import { expect, test } from 'vitest';
import { milliseconds } from '../../../schema/src/text/time.ts';
import type { IncomingMail, Verdict } from '../mail/event.ts';
import { forgesOwnDomain } from './ownAuthor.ts';

/** What is published: a domain and one that stands for it. */
const published = new Map([
  ['example.com', { inactive: [] }],
  ['example.net', { aliasfor: 'example.com', inactive: [] }],
]);

test.each<[boolean, Verdict, string[], number]>([
  [true, 'FAIL', ['ann@example.com'], 1],
  [true, 'GRAY', ['ann@example.com'], 1],
  [false, 'PASS', ['ann@example.com'], 0],
  [false, 'PROCESSING_FAILED', ['ann@example.com'], 0],
  [false, 'DISABLED', ['ann@example.com'], 0],
  [true, 'FAIL', ['Ann <ANN@Example.Net>'], 1],
  [false, 'FAIL', ['ann@sender.example'], 1],
  [false, 'FAIL', ['ann@sub.example.com'], 1],
  [false, 'FAIL', ['"ann@example.com" <ann@sender.example>'], 1],
  [true, 'FAIL', ['ann@sender.example, ann@example.com'], 2],
  [true, 'FAIL', ['ann@sender.example', 'ann@example.com'], 2],
  [false, 'FAIL', [], 0],
  [false, 'FAIL', ['nobody'], 0],
])('is %s for DMARC %s and From %j, after %i looks', async (expected, dmarc, from, looks) => {
  const looked: string[] = [];
  const mail: IncomingMail = {
    messageId: 'mail',
    receivedAt: milliseconds(0),
    source: 'ann@sender.example',
    recipients: ['info@example.com'],
    verdicts: { spam: 'PASS', virus: 'PASS', spf: 'PASS', dkim: 'PASS', dmarc },
    headers: from.map((value) => ({ name: 'From', value })),
  };
  const live = async (domain: string) => {
    looked.push(domain);
    return published.get(domain);
  };
  expect(await forgesOwnDomain(mail, { live })).toBe(expected);
  expect(looked).toHaveLength(looks);
});
