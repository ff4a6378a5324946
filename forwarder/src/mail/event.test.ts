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

  it.each(['<>', '', undefined])('takes the source %j for the null sender', (source) => {
    expect(readEvent(eventOf({ source })).source).toBe('');
  });
});
