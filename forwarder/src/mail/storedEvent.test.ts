import { describe, expect, it } from 'vitest';
import { readEvent } from './event.ts';
import { headroom, openMessage } from './message.ts';
import { storedEvent } from './storedEvent.ts';

const id = 'd6iitobk75ur44p8kdnnp7g2n800';
const received = [
  'Received: from mail.sender.example (mail.sender.example [192.0.2.1])',
  ` by inbound-smtp.eu-west-1.amazonaws.com with SMTP id ${id}`,
  ' for board@example.com;',
  ' Mon, 02 Nov 2026 10:00:00 +0000 (UTC)',
];
const head = [
  'Return-Path: <ann@sender.example>',
  ...received,
  'X-SES-Spam-Verdict: PASS',
  'X-SES-Virus-Verdict: PASS',
  'Received-SPF: pass (spfCheck: …) client-ip=192.0.2.1; envelope-from=ann@sender.example;',
  'Authentication-Results: amazonses.com;',
  ' spf=pass (spfCheck: …) smtp.mailfrom=ann@sender.example;',
  ' dkim=fail header.i=@list.example;',
  ' dkim=pass header.i=@sender.example;',
  ' dmarc=none header.from=sender.example;',
  'X-SES-RECEIPT: abc',
];
const own = ['From: Ann <ann@sender.example>', 'Message-ID: <1@sender.example>'];

function read(lines: readonly string[]) {
  const mail = Buffer.from(`${[...lines, ...own].join('\r\n')}\r\n\r\nHi\r\n`);
  const buffer = Buffer.concat([Buffer.alloc(headroom), mail]);
  return storedEvent(id, openMessage(buffer, headroom).fields);
}

const mailOf = (lines: readonly string[]) => {
  const event = read(lines);
  return event && readEvent(event.eventFor([event.recipient ?? 'named@example.com']));
};

describe('the event of a stored mail', () => {
  it('says what SES wrote into its header', () => {
    expect(mailOf(head)).toMatchObject({
      messageId: id,
      headerMessageId: '1@sender.example',
      receivedAt: Date.parse('2026-11-02T10:00:00Z'),
      source: 'ann@sender.example',
      recipients: ['board@example.com'],
      verdicts: { spam: 'PASS', virus: 'PASS', spf: 'PASS', dkim: 'PASS', dmarc: 'GRAY' },
    });
  });

  it.each<[string, readonly string[]]>([
    ['without the trace of SES', []],
    ['with another id', head.map((line) => line.replace(id, 'another'))],
    ['by another host', head.map((line) => line.replace('inbound-smtp.', 'mx.'))],
    ['with something of the sender before it', ['Subject: Hi', ...head]],
  ])('is none of a mail %s', (_, lines) => {
    expect(read(lines)).toBeUndefined();
  });

  it.each([
    ['nobody', ' for board@example.com;', ';', undefined],
    ['one in brackets', 'board@example.com', '<board@example.com>', 'board@example.com'],
  ])('names %s', (_, from, to, recipient) => {
    expect(read(head.map((line) => line.replace(from, to)))?.recipient).toBe(recipient);
  });

  it('has no sender where the envelope had none', () => {
    const lines = head.map((line) => line.replace(/^Return-Path.*/, 'Return-Path: <>'));
    expect(mailOf(lines)).toMatchObject({ source: '' });
  });

  it.each<[string, readonly string[], object]>([
    [
      'a verdict that the sender wrote',
      [...received, 'X-SES-RECEIPT: abc', 'Authentication-Results: amazonses.com; spf=pass; dmarc=pass'],
      { spf: 'PROCESSING_FAILED', dmarc: 'PROCESSING_FAILED' },
    ],
    [
      'the second of two',
      [...received, 'X-SES-Spam-Verdict: FAIL', 'X-SES-Spam-Verdict: PASS'],
      { spam: 'FAIL' },
    ],
    [
      'a pass beside a comment',
      [...received, 'Authentication-Results: amazonses.com; spf=fail (not dkim=pass)'],
      { spf: 'FAIL', dkim: 'PROCESSING_FAILED' },
    ],
  ])('does not believe %s', (_, lines, verdicts) => {
    expect(mailOf(lines)?.verdicts).toMatchObject(verdicts);
  });

  it('is too old for an answer where its time cannot be read', () => {
    const lines = head.map((line) => line.replace(/Mon, .*/, 'one day'));
    expect(mailOf(lines)).toMatchObject({ receivedAt: 0 });
  });
});
