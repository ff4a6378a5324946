import { describe, expect, it } from 'vitest';
import { milliseconds } from '../../../schema/src/text/time.ts';
import { isAutomatic, mayAnswer } from './automatic.ts';
import type { IncomingMail } from './event.ts';

const fail = { spam: 'PASS', virus: 'PASS', spf: 'FAIL', dkim: 'FAIL', dmarc: 'FAIL' } as const;
const mail: IncomingMail = {
  messageId: 'id',
  receivedAt: milliseconds(0),
  source: 'jane@sender.example',
  recipients: ['info@example.com'],
  verdicts: { ...fail, spf: 'PASS' },
  headers: [],
};

describe('isAutomatic', () => {
  it.each([
    ['Auto-Submitted', 'auto-replied', true],
    ['auto-submitted', ' Auto-Generated; owner=x', true],
    ['Auto-Submitted', 'no', false],
    ['Auto-Submitted', 'No (by hand)', false],
    ['Precedence', 'BULK', true],
    ['Precedence', 'list', true],
    ['Precedence', 'junk', true],
    ['Precedence', 'first-class', false],
    ['List-Unsubscribe', '<mailto:a@b.example>', true],
    ['Listing', 'x', false],
    ['Auto-Submitted', '\r\n\tno', false],
    ['Auto-Submitted', '\u00a0no', true],
    ['\u00a0Precedence', 'bulk', false],
    ['Precedence', 'bul\u212a', false],
    ['Precedence', 'bulkier', false],
    ['Precedence', 'blacklist', false],
  ])('reads %s: %s', (name, value, expected) => {
    expect(isAutomatic({ ...mail, headers: [{ name, value }] })).toBe(expected);
  });

  it.each(['', '<>', 'MAILER-DAEMON', 'mailer-daemon@sender.example'])(
    'knows the null sender %j',
    (source) => {
      expect(isAutomatic({ ...mail, source })).toBe(true);
    },
  );
});

describe('mayAnswer', () => {
  it.each(['spf', 'dkim', 'dmarc'] as const)('allows an answer when %s alone passed', (verdict) => {
    expect(mayAnswer({ ...mail, verdicts: { ...fail, [verdict]: 'PASS' } })).toBe(true);
  });

  it('refuses one to a sender that nobody vouches for', () => {
    expect(mayAnswer({ ...mail, verdicts: fail })).toBe(false);
  });
});
