import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { joinAddress } from '../../../schema/src/text/address.ts';
import { headroom, openMessage } from './message.ts';
import { rewrite } from './rewrite.ts';

const identity = { alias: joinAddress('info', 'example.com'), senderLocalPart: 'forwarder-daemon' };
const golden = new URL('golden/', import.meta.url);
const suffix = '.in.eml';

/** As the bucket's adapter reads a mail: behind free bytes. */
function open(mail: Buffer) {
  return openMessage(Buffer.concat([Buffer.alloc(headroom), mail]), headroom);
}

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
      'X-Aliasops-Forwarded: info@example.com',
      '',
      'body',
    ]);
  });
});
