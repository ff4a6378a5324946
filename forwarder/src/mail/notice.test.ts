import { simpleParser } from 'mailparser';
import { describe, expect, it } from 'vitest';
import { fakeIdentity as identity } from './identity.fake.ts';
import { openMessage } from './message.ts';
import { noticeWithOriginal, noticeWithoutOriginal } from './notice.ts';

const mail =
  'From: Jörg <j@sender.example>\nBcc: x@y.example\nSubject: Grüße\nDate: today\nX-SES-Foo: x\n\nbody';

describe('notice', () => {
  it('carries the original, or says where it is, in a mail of its own', async () => {
    const message = openMessage(Buffer.from(mail), 0);
    const attached = noticeWithOriginal(message, identity).toString();
    await expect(attached).toMatchFileSnapshot('golden/notice/attached.eml');
    const until = new Date('2026-11-10T09:00:00Z');
    for (const cause of ['too-large', 'attachment', 'header'] as const) {
      const text = noticeWithoutOriginal(message, identity, cause, until).toString();
      await expect(text).toMatchFileSnapshot(`golden/notice/${cause}.eml`);
    }
  });

  it('carries the original as one part, without its blind copies', async () => {
    const notice = await simpleParser(noticeWithOriginal(openMessage(Buffer.from(mail), 0), identity), {
      keepDeliveryStatus: true,
    });
    expect(notice.from?.value[0]?.address).toBe('forwarder-daemon@example.com');
    expect(notice.replyTo?.value[0]).toEqual({ address: 'j@sender.example', name: 'Jörg' });
    expect(notice.subject).toBe('Not forwarded as it was: Grüße');
    expect(notice.attachments.map(({ contentType }) => contentType)).toEqual(['message/rfc822']);
    const original = await simpleParser(notice.attachments[0]?.content ?? '');
    expect([original.subject, original.text?.trim(), original.bcc]).toEqual(['Grüße', 'body', undefined]);
  });

  it('keeps the marks of whom we forwarded the mail for, and asks for no answer', () => {
    const marked = Buffer.from(`X-Aliasops-Forwarded: board@example.com; id=m0\n${mail}`);
    const [header = ''] = noticeWithOriginal(openMessage(marked, 0), identity).toString().split('\r\n\r\n');
    expect(header.split('\r\n').filter((line) => line.startsWith('X-A'))).toEqual([
      'X-Auto-Response-Suppress: DR, RN, NRN, OOF, AutoReply',
      'X-Aliasops-Forwarded: board@example.com; id=m0',
      'X-Aliasops-Forwarded: info@example.com; id=m1',
    ]);
  });

  it('says without the original until when it can be sent elsewhere', async () => {
    const until = new Date('2026-11-10T00:00:00Z');
    const bytes = noticeWithoutOriginal(openMessage(Buffer.from(mail), 0), identity, 'too-large', until);
    const notice = await simpleParser(bytes);
    expect(notice.attachments).toEqual([]);
    expect(notice.text).toContain('too large');
    expect(notice.text).toContain('Until 2026-11-10');
    expect(notice.text).toContain('m1');
  });
});
