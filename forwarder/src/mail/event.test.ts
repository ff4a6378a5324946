import { describe, expect, it } from 'vitest';
import { readEvent } from './event.ts';

const mail = {
  messageId: 'id',
  timestamp: '2026-11-03T10:00:00.000Z',
  source: 'a@b.example',
  headers: [{ name: 'To', value: 'x' }],
};
const receipt = { recipients: ['info@example.com'], spamVerdict: { status: 'GRAY' }, dmarcPolicy: 'REJECT' };
const eventOf = (given: object, rest: object = receipt) => ({
  Records: [{ ses: { mail: { ...mail, ...given }, receipt: rest } }],
});

describe('readEvent', () => {
  it('reads what routing and judging need', () => {
    const unknown = 'PROCESSING_FAILED';
    expect(readEvent(eventOf({}))).toEqual({
      messageId: 'id',
      receivedAt: Date.UTC(2026, 10, 3, 10),
      source: 'a@b.example',
      recipients: ['info@example.com'],
      verdicts: { spam: 'GRAY', virus: unknown, spf: unknown, dkim: unknown, dmarc: unknown },
      dmarcPolicy: 'reject',
      headers: [{ name: 'To', value: 'x' }],
    });
  });

  it.each([
    [undefined, 'mail.messageId'],
    [{ Records: [] }, 'mail.messageId'],
    [eventOf({ timestamp: 'soon' }), 'mail.timestamp'],
    [eventOf({}, { recipients: [] }), 'receipt.recipients'],
  ])('says what is missing in %j', (event, missing) => {
    expect(() => readEvent(event)).toThrow(missing);
  });

  const field = { name: 'message-ID', value: ' <b@x.example> ' };
  const other = { name: 'To', value: 'x' };

  it.each([
    [
      'where SES names it',
      { commonHeaders: { messageId: '<a@x.example>' }, headers: [field] },
      'a@x.example',
    ],
    ['among the headers', { headers: [other, field] }, 'b@x.example'],
    ['nowhere', { headers: [other] }, undefined],
    ['as nothing', { commonHeaders: { messageId: '<>' } }, undefined],
    ['as something else than text', { commonHeaders: { messageId: 7 } }, undefined],
    ['at length', { commonHeaders: { messageId: `<${'a'.repeat(300)}>` } }, 'a'.repeat(200)],
  ])('finds the Message-ID %s', (_, given, expected) => {
    expect(readEvent(eventOf(given)).headerMessageId).toBe(expected);
  });

  it.each([
    ['as the mail has it', { headers: [{ name: 'from', value: 'a@x.example' }] }, ['a@x.example']],
    ['as SES reads it where it is cut off', { headers: [other] }, ['b@x.example', 'c@x.example']],
    ['from nothing', { headers: [other], commonHeaders: { from: 'b@x.example' } }, []],
    ['from nothing at all', { headers: undefined, commonHeaders: undefined }, []],
  ])('reads From %s', (_, given, expected) => {
    const common = { from: ['b@x.example', 7, 'c@x.example'] };
    const { headers } = readEvent(eventOf({ commonHeaders: common, ...given }));
    expect(headers.filter(({ name }) => /^from$/i.test(name)).map(({ value }) => value)).toEqual(expected);
  });

  it.each(['<>', '', undefined])('takes the source %j for the null sender', (source) => {
    expect(readEvent(eventOf({ source })).source).toBe('');
  });
});
