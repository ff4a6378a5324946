import { describe, expect, it } from 'vitest';
import type { Address } from '../../../schema/src/text/address.ts';
import { milliseconds, seconds } from '../../../schema/src/text/time.ts';
import { fakeDelivery, fakeEntry } from './delivery.fake.ts';
import { nobodyRow } from './intake.ts';
import { firstAnswer, type LedgerRow } from './ledger.ts';
import { type TracePorts, trace } from './trace.ts';

const at = 1_000_000;
const time = seconds(at);
const domains = [{ domain: 'example.com' }, { domain: 'alias.example', aliasfor: 'example.com' }];
const team = {
  alias: 'team+new@example.com' as Address,
  recipient: 'Team+New@Example.com',
  recipients: ['Team+New@Example.com'],
};
const others = { messageId: 'other', sender: 'Bo@Sender.Example', headerMessageId: 'note@mailer.example' };
const mail = fakeEntry('a@x.example', at);
const rejected = { ...mail, messageId: 'spam', sender: 'cy@sender.example', receivedAt: seconds(at - 1) };

const rows: LedgerRow[] = [
  mail,
  fakeEntry('b@x.example', at, { ...team, ...others, receivedAt: seconds(at + 1) }),
  {
    ...firstAnswer({ ...mail, ...others, receivedAt: seconds(at + 1) }, [], time),
    leftOut: [{ kind: 'inactive', recipient: 'old@example.com' }],
  },
  nobodyRow(rejected, [{ kind: 'dropped', recipient: 'info@example.com', reason: 'spam' }], 'dropped', time),
  {
    ...firstAnswer(
      { ...mail, messageId: 'earlier', sender: '', receivedAt: seconds(at - 2) },
      [{ recipient: 'gone@example.com', cause: 'unknown' }],
      time,
    ),
  },
];

const keptEvent = {
  Records: [
    {
      ses: {
        mail: {
          messageId: 'kept',
          timestamp: new Date(at * 1_000).toISOString(),
          source: 'di@sender.example',
          headers: [{ name: 'Message-ID', value: '<kept@mailer.example>' }],
        },
        receipt: { recipients: ['info@alias.example'] },
      },
    },
  ],
};
const events: TracePorts['events'] = {
  async *keptEvents() {
    yield { messageId: 'kept', storedAt: milliseconds(at * 1_000) };
  },
  readEvent: async () => keptEvent,
};

describe('trace', () => {
  it.each([
    ["SES's id of a mail", 'mail', ['mail']],
    ["SES's id of what it sent on", '0102-0', ['mail']],
    ['the Message-ID of what it sent on', '<0102-0@eu-west-1.amazonses.com>', ['mail']],
    ['the same where SES began', '0102-0@amazonses.com', ['mail']],
    ['a Message-ID', '<note@mailer.example>', ['other']],
    ['a Message-ID without brackets', ' note@mailer.example ', ['other']],
    ['a Message-ID in other letters', 'NOTE@mailer.example', []],
    ['a sender, in other letters', 'bo@SENDER.example', ['other']],
    ['an alias', 'board@example.com', ['mail']],
    ['an alias at an alias domain', 'board@alias.example', ['mail']],
    ['an alias that was mailed with a subaddress', 'team@example.com', ['other']],
    ['a recipient with its subaddress', 'team+new@example.com', ['other']],
    ['another subaddress', 'team+old@example.com', []],
    ['a mailbox', 'b@x.example', ['other']],
    ['a recipient who was left out', 'old@example.com', ['other']],
    [
      'a recipient of a kept event, and of spam under the main domain',
      'info@alias.example',
      ['kept', 'spam'],
    ],
    ['a recipient of spam', 'INFO@example.com', ['spam']],
    ['a recipient whom an answer names', 'gone@example.com', ['earlier']],
    ['the id of a kept event', 'kept', ['kept']],
    ['the Message-ID of a kept event', '<kept@mailer.example>', ['kept']],
    ['an address that nothing is known of', 'c@x.example', []],
    ['nothing', '', []],
    ['a mail that nothing is known of', 'unheard', []],
  ])('finds the mails of %s', async (_, about, expected) => {
    const { ledger, ports } = fakeDelivery({ now: at * 1_000, domains });
    await ledger.open(rows);
    await ledger.close(mail, { state: 'sent', sesMessageId: '0102-0' }, time);
    const found = await trace(about, { ledger, events, tables: ports.tables });
    expect([...new Set(found.map(({ messageId }) => messageId))]).toEqual(expected);
    const all = ledger.rows.filter(({ messageId }) => expected.includes(messageId));
    expect(found).toHaveLength(all.length + (expected.includes('kept') ? 1 : 0));
  });

  it('shows the latest hundred mails of an address, newest first', async () => {
    const { ledger, ports } = fakeDelivery({ now: at * 1_000, domains });
    for (let n = 0; n <= 100; n += 1) {
      await ledger.open([fakeEntry('a@x.example', at + n, { messageId: `mail-${n}` })]);
    }
    const found = await trace('board@example.com', { ledger, events, tables: ports.tables });
    expect(found.map(({ messageId }) => messageId)).toEqual(
      Array.from({ length: 100 }, (_, n) => `mail-${100 - n}`),
    );
  });
});
