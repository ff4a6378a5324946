import { describe, expect, it } from 'vitest';
import type { Filter } from '../../../schema/src/records/records.ts';
import { milliseconds } from '../../../schema/src/text/time.ts';
import type { IncomingMail, Verdict } from './event.ts';
import { isAutomatic, judge as judgeFor, mayAnswer, mildest } from './judge.ts';

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

const judge = (mail: IncomingMail, filter: Filter | undefined) => judgeFor(mail, filter, false);

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
      const outcome = spf === 'PASS' ? 'bounce' : 'drop';
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

  const automatic = { headers: [{ name: 'X-Autoreply', value: 'yes' }] };
  it.each<[Filter, Partial<IncomingMail['verdicts']>, Partial<IncomingMail>, string]>([
    ['strict', {}, {}, 'drop'],
    ['strict', { dmarc: 'PASS' }, {}, 'pass'],
    ['strict', { dmarc: 'GRAY' }, {}, 'pass'],
    ['strict', {}, { dmarcPolicy: 'none' }, 'pass'],
    ['strict', {}, { dmarcPolicy: 'reject' }, 'bounce'],
    ['default', {}, {}, 'pass'],
    [{}, {}, {}, 'pass'],
    [{ 'dmarc-reject': 'drop' }, {}, {}, 'pass'],
    [{ 'dmarc-quarantine': 'ignore' }, {}, {}, 'pass'],
    [{ 'dmarc-quarantine': 'drop' }, {}, {}, 'drop'],
    [{ 'dmarc-quarantine': 'drop' }, { dmarc: 'PASS' }, {}, 'pass'],
    [{ 'dmarc-quarantine': 'drop' }, {}, { dmarcPolicy: 'reject' }, 'bounce'],
    [{ 'dmarc-quarantine': 'drop' }, {}, { dmarcPolicy: 'none' }, 'pass'],
    [{ 'dmarc-quarantine': 'bounce' }, {}, {}, 'bounce'],
    [{ 'dmarc-quarantine': 'bounce' }, { spf: 'FAIL' }, {}, 'drop'],
    [{ 'dmarc-quarantine': 'bounce' }, {}, automatic, 'drop'],
  ])('treats what DMARC quarantines by the filter %j: %j, %j', (filter, given, rest, outcome) => {
    const mail = mailWith({ dmarc: 'FAIL', ...given }, { dmarcPolicy: 'quarantine', ...rest });
    expect(judge(mail, filter).outcome).toBe(outcome);
  });

  it.each<[Filter | undefined, Partial<IncomingMail['verdicts']>, Partial<IncomingMail>, string]>([
    [undefined, {}, {}, 'bounce'],
    ['default', { dmarc: 'GRAY' }, {}, 'bounce'],
    ['strict', {}, {}, 'bounce'],
    ['strict', { dkim: 'FAIL' }, {}, 'drop'],
    [undefined, { spf: 'FAIL' }, {}, 'drop'],
    [undefined, { spf: 'GRAY' }, {}, 'drop'],
    [undefined, {}, automatic, 'drop'],
    [undefined, {}, { source: '' }, 'drop'],
    [undefined, {}, { dmarcPolicy: 'none' }, 'bounce'],
    [undefined, {}, { dmarcPolicy: 'quarantine' }, 'bounce'],
    [{ 'dmarc-reject': 'drop' }, {}, {}, 'drop'],
    [{ 'dmarc-reject': 'ignore' }, {}, {}, 'pass'],
    [{ 'dmarc-quarantine': 'ignore' }, {}, {}, 'bounce'],
  ])('refuses what pretends to come from us, with the filter %j: %j, %j', (filter, given, rest, outcome) => {
    const mail = mailWith({ dmarc: 'FAIL', ...given }, rest);
    expect(judgeFor(mail, filter, true).outcome).toBe(outcome);
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
    ['Precedence', 'Auto_Reply', true],
    ['Precedence', 'auto_reply_none', false],
    ['X-Autoreply', 'yes', true],
    ['x-autoreply', '', true],
    ['X-Autoreply', 'no', false],
    ['X-Autoreply-From', 'a@b.example', false],
    ['Content-Type', 'multipart/report; report-type=delivery-status; boundary=x', true],
    ['content-type', ' Multipart/Report;boundary=x', true],
    ['Content-Type', 'multipart/report', true],
    ['Content-Type', 'multipart/reporting; boundary=x', false],
    ['Content-Type', 'multipart/mixed; boundary="multipart/report"', false],
    ['X-Content-Type', 'multipart/report', false],
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
  const from = (...values: readonly string[]) => values.map((value) => ({ name: 'From', value }));
  const own = from('Jane <jane@sender.example>');
  const none = { ...fail, dmarc: 'FAIL' } as const;

  it.each<[boolean, Partial<IncomingMail['verdicts']>, Partial<IncomingMail>]>([
    [true, { spf: 'PASS' }, {}],
    [true, { spf: 'PASS' }, { headers: from('a@other.example') }],
    [true, { spf: 'PASS', dmarc: 'PASS' }, { headers: own }],
    [false, {}, { headers: own }],
    [false, { dkim: 'PASS' }, { headers: own }],
    [true, { dmarc: 'PASS', dkim: 'PASS' }, { headers: own }],
    [true, { dmarc: 'PASS' }, { headers: own }],
    [true, { dmarc: 'PASS' }, { headers: own, source: 'Jane@SENDER.example' }],
    [true, { dmarc: 'PASS' }, { headers: [{ name: 'from ', value: '"a, b"\r\n <j@SENDER.Example>' }] }],
    [false, { dmarc: 'PASS' }, {}],
    [false, { dmarc: 'PASS' }, { headers: from('nobody') }],
    [false, { dmarc: 'PASS' }, { headers: from('jane@sub.sender.example') }],
    [false, { dmarc: 'PASS' }, { headers: own, source: 'jane@other.example' }],
    [false, { dmarc: 'PASS' }, { headers: own, source: 'nobody' }],
    [false, { dmarc: 'PASS' }, { headers: from('jane@sender.example, a@other.example') }],
    [false, { dmarc: 'PASS' }, { headers: from('jane@sender.example', 'a@other.example') }],
    [true, { dmarc: 'PASS' }, { headers: from('jane@sender.example', 'john@sender.example') }],
    [false, { dmarc: 'GRAY' }, { headers: own }],
    [false, { spf: 'GRAY' }, { headers: own }],
    [false, { spf: 'PASS' }, { headers: [...own, { name: 'List-Id', value: '<a.example>' }] }],
    [false, { dmarc: 'PASS' }, { headers: [...own, { name: 'Auto-Submitted', value: 'auto-replied' }] }],
    [false, { spf: 'PASS' }, { source: '' }],
  ])('is %s for %j, %j', (expected, given, rest) => {
    expect(mayAnswer({ ...mail, verdicts: { ...none, ...given }, ...rest })).toBe(expected);
  });
});
