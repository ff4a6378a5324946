import { describe, expect, it } from 'vitest';
import { claimedSenders, refusalOf } from './refuse.ts';

const from = 'From: a@b.example';

const refusal = (lines: readonly string[], recipients: readonly string[] = ['x@y.example']) =>
  refusalOf({ recipients, raw: Buffer.from(`${lines.join('\r\n')}\r\n\r\nbody\r\n`, 'latin1') })?.message;

describe('a message that SES takes', () => {
  it.each([
    ['with one From alone', [from]],
    ['with an empty group in To', [from, 'To: undisclosed-recipients:;']],
    ['with a field twice that may be there twice', [from, 'Received: a', 'Received: b', 'X-A: 1', 'X-A: 2']],
    ['with a folded field', [from, 'Subject: a', ' b']],
    ['with an attachment', [from, 'Content-Type: application/pdf; name="a.pdf"']],
    ['with a type that ends in a semicolon', [from, 'Content-Type: text/plain; charset=utf-8;']],
  ])('%s', (_, lines) => {
    expect(refusal(lines)).toBeUndefined();
  });
});

describe('a message that SES refuses', () => {
  it.each([
    ['without From', ['Subject: a'], "Missing required header 'From'."],
    ['with two From', [from, 'FROM: c@d.example'], "Duplicate header 'FROM'."],
    [
      'with two MIME-Version',
      [from, 'MIME-Version: 1.0', 'Mime-Version: 1.0'],
      "Duplicate header 'Mime-Version'.",
    ],
    ['with a line without a colon', [from, 'no colon'], "Illegal header 'no colon'."],
    ['with an empty name', [from, ': value'], 'Empty header names are illegal.'],
    ['with a no-break space before the colon', [from, 'X-A\xa0: a'], "Illegal header name 'X-A\xa0'."],
    ['with a long line', [from, `X-A: ${'a'.repeat(1000)}`], "Header 'X-A' has a line that is too long."],
    ['with an empty To', [from, 'To: '], "Empty header 'To'."],
    ['with a bad Reply-To', [from, 'Reply-To: Ann'], "Missing final '@domain'"],
    ['with a bad type', [from, 'Content-Type: text'], "Expected '/', got 'null'"],
    ['with a bad parameter', [from, 'Content-Type: text/plain; charset'], "Expected '=', got 'null'"],
    ['in an unknown charset', ['From: =?cp-850?q?a?= <a@b.example>'], 'Unsupported encoding cp-850'],
    [
      'with a program',
      [from, 'Content-Disposition: attachment;', ' filename="a.EXE"'],
      "Illegal filename 'a.EXE'",
    ],
  ])('%s', (_, lines, message) => {
    expect(refusal(lines)).toBe(message);
  });

  it('to 51 recipients', () => {
    expect(refusal([from], Array(51).fill('x@y.example'))).toBe('Recipient count exceeds 50.');
  });

  it('to nobody', () => {
    expect(refusal([from], [])).toBe('No destinations specified');
  });

  it('to one bad address among good ones', () => {
    expect(refusal([from], ['x@y.example', 'z'])).toBe("Missing final '@domain'");
  });
});

it('looks for attachments in the fields of parts, not in text', () => {
  expect(refusal([from, '', '  filename="a.exe"'])).toBeUndefined();
});

it('names every identity that must be verified', () => {
  const raw = Buffer.from('From: a@b.example\r\nSender: c@d.example\r\nReturn-Path: <e@f.example>\r\n\r\n');
  expect(claimedSenders({ source: 'g@h.example', recipients: [], raw })).toEqual([
    'g@h.example',
    'a@b.example',
    'c@d.example',
    'e@f.example',
  ]);
});
