import { readdirSync, readFileSync } from 'node:fs';
import { simpleParser } from 'mailparser';
import { describe, expect, it } from 'vitest';
import { joinAddress } from '../../../schema/src/text/address.ts';
import { fakeIdentity as identity } from './identity.fake.ts';
import { headroom, openMessage } from './message.ts';
import { rewrite } from './rewrite.ts';
import type { Identity } from './sender.ts';

const golden = new URL('golden/', import.meta.url);
const suffix = '.in.eml';

/** As the bucket's adapter reads a mail: behind free bytes. */
function open(mail: Buffer) {
  return openMessage(Buffer.concat([Buffer.alloc(headroom), mail]), headroom);
}

/** The header, a line a field. */
function linesOf(header: string, as: Identity): string[] {
  const [written = ''] = rewrite(open(Buffer.from(`${header}\n\nbody`)), as)
    .toString()
    .split('\r\n\r\n');
  return written.replace(/\r\n(?=[ \t])/g, '').split('\r\n');
}

function fromOf(header: string, as: Identity): string[] {
  return linesOf(header, as).filter((line) => line.startsWith('From:'));
}

const droppedFields = [
  'Apparently-To',
  'Bounces-To',
  'Delivered-To',
  'Disposition-Notification-To',
  'Envelope-To',
  'Errors-To',
  'Generate-Delivery-Report',
  'Original-Recipient',
  'Read-Receipt-To',
  'Return-Receipt-To',
  'X-Confirm-Reading-To',
  'X-Delivered-To',
  'X-Envelope-To',
  'X-Forwarded-To',
  'X-Original-To',
  'X-PMRQC',
];

describe('rewrite', () => {
  const cases = readdirSync(golden).filter((name) => name.endsWith(suffix));

  it.each(cases)('writes the expected mail for %s', async (name) => {
    const message = open(readFileSync(new URL(name, golden)));
    const output = new URL(name.replace(suffix, '.out.eml'), golden).pathname;
    await expect(rewrite(message, identity).toString()).toMatchFileSnapshot(output);
  });

  it('lays the new header in the message’s own buffer', () => {
    const message = open(Buffer.from('From: a@b.example\n\nbody'));
    expect(rewrite(message, identity).buffer).toBe(message.buffer.buffer);
  });

  it('takes a new buffer when the header needs more room than there is', () => {
    const mail = 'From: a@b.example\n\nbody';
    const message = openMessage(Buffer.from(mail), 0);
    expect(rewrite(message, identity).toString()).toContain('\r\n\r\nbody');
    expect(message.buffer.toString()).toBe(mail);
  });

  it('rewrites one message for one alias after the other', () => {
    const message = open(Buffer.from('From: a@b.example\n\nbody'));
    const first = rewrite(message, identity).toString();
    const other = rewrite(message, {
      ...identity,
      alias: joinAddress('a-longer-alias', 'example.com'),
    }).toString();
    expect(other).toContain('"a@b.example via a-longer-alias" <forwarder-daemon@example.com>');
    expect(rewrite(message, identity).toString()).toBe(first);
  });

  it.each([
    ['an empty copy first', 'Subject:\nSubject: full\nSubject: other', ['Subject: full']],
    ['a blank copy first', 'Subject: \n\t\nSubject: full', ['Subject: full']],
    ['a full copy first', 'Subject: full\nSubject:', ['Subject: full']],
    ['empty copies alone', 'Subject:\nsubject:', ['Subject:']],
  ])('keeps what says something of a field that may appear once: %s', (_, subjects, expected) => {
    const message = open(Buffer.from(`${subjects}\n\nbody`));
    const lines = rewrite(message, identity).toString().split('\r\n');
    expect(lines.filter((line) => /^subject/i.test(line))).toEqual(expected);
  });

  it.each([
    ['a name', 'Ann <ann@b.example>', 'Ann (ann@b.example)'],
    ['no name', 'ann@b.example', 'ann@b.example'],
    ['its own address as its name', '"ann@b.example" <ann@b.example>', 'ann@b.example'],
    ['another address as its name', '"ceo@bank.example" <ann@b.example>', 'ann@b.example'],
    ['another address beside a name', '"Ann, ceo@bank.example" <ann@b.example>', 'ann@b.example'],
    ['a full-width sign', '=?utf-8?Q?ceo=EF=BC=A0bank.example?= <ann@b.example>', 'ann@b.example'],
    [
      'an address cut by what cannot be seen',
      '=?utf-8?Q?ceo=E2=80=8B@bank.example?= <ann@b.example>',
      'ann@b.example',
    ],
    ['no address', 'ceo@ bank', 'ceo@bank'],
    ['a name alone', 'Ann', 'Ann'],
  ])('shows in From who wrote, of %s', (_, from, shown) => {
    const [field] = fromOf(`From: ${from}`, identity);
    expect(field).toBe(`From: "${shown} via info" <forwarder-daemon@example.com>`);
  });

  it.each([
    ['Ann <ann@b.example>', 'Ann (ann@b.example, unverified)'],
    ['ann@b.example', 'ann@b.example (unverified)'],
    ['Ann', 'Ann (unverified)'],
  ])('says of %s that nobody vouches for it', (from, shown) => {
    const [field] = fromOf(`From: ${from}`, { ...identity, isVerified: false });
    expect(field).toBe(`From: "${shown} via info" <forwarder-daemon@example.com>`);
  });

  it('shows the domain of an address that is too long', async () => {
    const [field = ''] = fromOf(
      `From: Bank <security.bank.example.${'a'.repeat(40)}@${'b'.repeat(40)}.example>`,
      identity,
    );
    const { from } = await simpleParser(`${field}\r\n\r\n`);
    expect(from?.value[0]?.name).toBe(`Bank (…${'a'.repeat(30)}@${'b'.repeat(40)}.example) via info`);
  });

  it.each(droppedFields)('drops %s', (name) => {
    const lines = linesOf(`${name}: <jane@mailbox.example>\nSubject: s`, identity);
    expect(lines.filter((line) => line.includes('mailbox.example'))).toEqual([]);
  });

  it('asks programs at the mailbox for no answer, once', () => {
    const lines = linesOf('X-Auto-Response-Suppress: All\nSubject: s', identity);
    expect(lines.filter((line) => /^x-auto/i.test(line))).toEqual([
      'X-Auto-Response-Suppress: DR, RN, NRN, OOF, AutoReply',
    ]);
  });

  it('keeps the raw value of a To that it repairs, and no copy of an earlier server', () => {
    const lines = linesOf('X-Original-To: jane@mailbox.example\nTo: a@b.example,,', identity);
    expect(lines.filter((line) => line.startsWith('X-Original-To'))).toEqual([
      'X-Original-To: a@b.example,,',
    ]);
  });

  it.each([
    ['a link', '<https://l.example/u>', 'List-Unsubscribe: <https://l.example/u>'],
    [
      'a link and an address',
      '<mailto:u@l.example>, <https://l.example/u>',
      'List-Unsubscribe: <https://l.example/u>',
    ],
    [
      'two links and an address',
      '<https://l.example/u>,<MAILTO:u@l.example>, <http://l.example>',
      'List-Unsubscribe: <https://l.example/u>, <http://l.example>',
    ],
    ['an address alone', '<mailto:u@l.example>', undefined],
  ])('leaves no address to write to in List-Unsubscribe, of %s', (_, value, expected) => {
    const lines = linesOf(`List-Unsubscribe: ${value}`, identity);
    expect(lines.find((line) => line.startsWith('List-Unsubscribe'))).toBe(expected);
  });

  it.each([
    [false, ['List-Unsubscribe-Post: List-Unsubscribe=One-Click']],
    [true, []],
  ])('lets one click unsubscribe where others get the mail too: %s', (isShared, expected) => {
    const lines = linesOf('List-Unsubscribe-Post: List-Unsubscribe=One-Click', { ...identity, isShared });
    expect(lines.filter((line) => line.startsWith('List-'))).toEqual(expected);
  });

  it('keeps the last hops', () => {
    const hops = Array.from({ length: 25 }, (_, index) => `Received: hop ${index}`);
    const lines = linesOf(hops.join('\n'), identity);
    expect(lines.filter((line) => line.startsWith('Received'))).toEqual(hops.slice(0, 23));
  });

  it('leaves out ARC, X and old Received fields when the header must be short', () => {
    const mail =
      'Received: new\nReceived: old\nARC-Seal: a\nX-Mailer: b\nX-Aliasops-Forwarded: c@d.example\n';
    const message = open(Buffer.from(`${mail}From: ${'a'.repeat(2_000)}\nSubject: s\n\nbody`));
    expect(rewrite(message, identity, 'reduced').toString().split('\r\n')).toEqual([
      'Received: new',
      'X-Aliasops-Forwarded: c@d.example',
      'Subject: s',
      `From: "${'a'.repeat(100)} via info"`,
      ' <forwarder-daemon@example.com>',
      'X-Auto-Response-Suppress: DR, RN, NRN, OOF, AutoReply',
      'X-Aliasops-Forwarded: info@example.com; id=m1',
      '',
      'body',
    ]);
  });
});
