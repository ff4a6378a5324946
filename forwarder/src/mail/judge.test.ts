import { describe, expect, it } from 'vitest';
import type { Filter } from '../../../schema/src/records/records.ts';
import { milliseconds } from '../../../schema/src/text/time.ts';
import type { IncomingMail, Verdict } from './event.ts';
import { isAutomatic, judge, mayAnswer, mildest } from './judge.ts';

const verdicts: readonly Verdict[] = ['PASS', 'FAIL', 'GRAY', 'PROCESSING_FAILED', 'DISABLED'];

function mailWith(given: Partial<IncomingMail['verdicts']>, rest: Partial<IncomingMail> = {}): IncomingMail {
  const pass = { spam: 'PASS', virus: 'PASS', spf: 'PASS', dkim: 'PASS', dmarc: 'PASS' } as const;
  const base = {
    messageId: 'id',
    receivedAt: milliseconds(0),
    source: 'a@b.example',
    recipients: ['info@example.com'],
    headers: [],
  };
  return { ...base, verdicts: { ...pass, ...given }, ...rest };
}

const pairs = verdicts.flatMap((spf) => verdicts.map((dkim) => ({ spf, dkim })));

describe('judge', () => {
  it.each(pairs)(
    'drops by default when neither passes and one fails: SPF $spf, DKIM $dkim',
    ({ spf, dkim }) => {
      const isDropped = spf !== 'PASS' && dkim !== 'PASS' && (spf === 'FAIL' || dkim === 'FAIL');
      expect(judge(mailWith({ spf, dkim }), undefined).outcome).toBe(isDropped ? 'drop' : 'pass');
      expect(judge(mailWith({ spf, dkim }), 'default')).toEqual(judge(mailWith({ spf, dkim }), undefined));
    },
  );

  it.each(pairs)('drops on any FAIL when strict: SPF $spf, DKIM $dkim', ({ spf, dkim }) => {
    const isDropped = spf === 'FAIL' || dkim === 'FAIL';
    expect(judge(mailWith({ spf, dkim }), 'strict').outcome).toBe(isDropped ? 'drop' : 'pass');
  });

  it.each(pairs)(
    'bounces what DMARC rejects only to a sender that passed: SPF $spf, DKIM $dkim',
    ({ spf, dkim }) => {
      const mail = mailWith({ spf, dkim, dmarc: 'FAIL' }, { dmarcPolicy: 'reject' });
      const outcome = spf === 'PASS' || dkim === 'PASS' ? 'bounce' : 'drop';
      expect(judge(mail, undefined)).toEqual({ outcome, reason: 'dmarc' });
    },
  );

  it.each(verdicts)('drops spam and viruses whatever the rest says, and only them: %s', (verdict) => {
    const outcome = verdict === 'FAIL' ? 'drop' : 'pass';
    const lenient: Filter = { spf: 'ignore', dkim: 'ignore', 'dmarc-reject': 'ignore' };
    expect(judge(mailWith({ spam: verdict }), lenient).outcome).toBe(outcome);
    expect(judge(mailWith({ virus: verdict }), lenient).outcome).toBe(outcome);
  });

  it.each(['none', 'quarantine', undefined] as const)('passes a DMARC failure of the policy %s', (policy) => {
    const mail = mailWith({ dmarc: 'FAIL' }, policy === undefined ? {} : { dmarcPolicy: policy });
    expect(judge(mail, undefined)).toEqual({ outcome: 'pass' });
  });

  it.each([
    { source: '' },
    { headers: [{ name: 'Auto-Submitted', value: 'auto-replied' }] },
    { headers: [{ name: 'List-Id', value: '<a.b.example>' }] },
  ])('drops what DMARC rejects without an answer to a program: %o', (rest) => {
    const mail = mailWith({ dmarc: 'FAIL' }, { dmarcPolicy: 'reject', ...rest });
    expect(judge(mail, undefined)).toEqual({ outcome: 'drop', reason: 'dmarc' });
  });

  const rejected = { dmarc: 'FAIL', spf: 'PASS', dkim: 'FAIL' } as const;
  it.each<[Filter, Partial<IncomingMail['verdicts']>, string]>([
    [{ 'dmarc-reject': 'drop' }, rejected, 'drop'],
    [{ 'dmarc-reject': 'ignore' }, rejected, 'pass'],
    [{ dkim: 'drop' }, rejected, 'drop'],
    [{ spf: 'drop' }, { spf: 'FAIL' }, 'drop'],
    [{ spf: 'drop' }, { dkim: 'FAIL' }, 'pass'],
    [{ spf: 'ignore' }, { spf: 'FAIL', dkim: 'GRAY' }, 'pass'],
    [{ spf: 'ignore' }, { spf: 'FAIL', dkim: 'FAIL' }, 'drop'],
    [{ spf: 'ignore', dkim: 'ignore' }, { spf: 'FAIL', dkim: 'FAIL' }, 'pass'],
  ])('follows the filter %o for %o', (filter, given, outcome) => {
    expect(judge(mailWith(given, { dmarcPolicy: 'reject' }), filter).outcome).toBe(outcome);
  });
});

describe('mildest', () => {
  it.each([
    [['drop', 'bounce', 'pass'], 'pass'],
    [['drop', 'bounce'], 'bounce'],
    [['drop', 'drop'], 'drop'],
    [[], 'pass'],
  ] as const)('takes of %o %s', (outcomes, expected) => {
    expect(mildest(outcomes.map((outcome) => ({ outcome }))).outcome).toBe(expected);
  });
});

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
