import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { documents } from '../../forwarder/src/aws/documents.ts';
import { ledgerTable } from '../../forwarder/src/aws/ledgerTable.ts';
import { fakeLedger } from '../../forwarder/src/delivery/delivery.fake.ts';
import { nobodyRow } from '../../forwarder/src/delivery/intake.ts';
import {
  type DueEntry,
  type Envelope,
  firstAnswer,
  isAnswer,
  isEntry,
  keepTime,
  type Lane,
  type Ledger,
  type LedgerRow,
  type LeftOut,
  lanes,
} from '../../forwarder/src/delivery/ledger.ts';
import type { Address } from '../../schema/src/text/address.ts';
import { seconds } from '../../schema/src/text/time.ts';
import { startTables, type TablesServer } from '../tablesFixture.ts';

let server: TablesServer;
beforeAll(async () => {
  server = await startTables();
});
afterAll(() => server.stop());

const kinds: readonly [string, () => Ledger][] = [
  ['the table', () => ledgerTable(documents(server.client), server.names.DELIVERIES_TABLE ?? '')],
  ['the fake', fakeLedger],
];

describe.each(kinds)('%s', (name, create) => {
  const ledger = () => create();
  const id = (text: string) => `${name} ${text}`;

  test('opens a row once', async () => {
    const own = ledger();
    expect(await own.open([entry(id('once'))])).toBe(true);
    expect(await own.open([entry(id('once'))])).toBe(false);
    expect(await own.of(id('once'))).toMatchObject([{ state: 'due', attempts: 1 }]);
  });

  test('opens rows together, or none', async () => {
    const own = ledger();
    const other = { ...entry(id('both')), destination: 'john@home.example' as Address };
    expect(await own.open([entry(id('both')), other])).toBe(true);
    const third = { ...other, destination: 'third@home.example' as Address };
    expect(await own.open([third, other])).toBe(false);
    expect(await own.of(id('both'))).toHaveLength(2);
  });

  test('lets one of two take a row, and forgets why the last attempt failed', async () => {
    const own = ledger();
    const row = entry(id('take'));
    await own.open([row]);
    await own.note(row, 'throttled');
    expect(await own.take(row, seconds(900))).toMatchObject({ attempts: 2, nextAttemptAt: 900 });
    expect(await own.take(row, seconds(900))).toBeUndefined();
    expect((await own.of(id('take')))[0]).not.toHaveProperty('reason');
  });

  test('closes a row that is due, once, and lists it no more', async () => {
    const own = ledger();
    const row = entry(id('close'));
    await own.open([row]);
    expect(await own.close(row, { state: 'sent', sesMessageId: id('ses') }, seconds(1_000))).toBe(true);
    expect(await own.close(row, { state: 'loop' }, seconds(1_000))).toBe(false);
    expect(await own.of(id('close'))).toMatchObject([{ state: 'sent', expiresAt: 1_000 + keepTime }]);
    expect(
      (await own.due('due', seconds(2_000), 100)).filter(({ messageId }) => messageId === id('close')),
    ).toEqual([]);
    expect(await own.bySesMessage(id('ses'))).toMatchObject({ messageId: id('close') });
    await own.bounce(row, 'late');
    expect(await own.of(id('close'))).toMatchObject([{ state: 'bounced' }]);
  });

  test('makes what SES took due for a notice, once, and a replay of it whole again', async () => {
    const own = ledger();
    const row = entry(id('notice'));
    await own.open([row]);
    const taken = { ...row, sesMessageId: id('took') };
    expect(await own.sendNotice(taken, 'attachment', seconds(7))).toBe(false);
    await own.close(row, { state: 'sent', sesMessageId: id('took') }, seconds(5));
    expect(await own.sendNotice({ ...taken, sesMessageId: id('other') }, 'attachment', seconds(7))).toBe(
      false,
    );
    expect(await own.sendNotice(taken, 'attachment', seconds(7))).toBe(true);
    expect(await own.sendNotice(taken, 'too-large', seconds(8))).toBe(false);
    const [due] = (await own.due('due', seconds(7), 1_000)).filter(
      ({ messageId }) => messageId === id('notice'),
    );
    expect(due).toMatchObject({ unattachable: 'attachment', nextAttemptAt: 7, attempts: 1 });
    expect(due).toHaveProperty('reason');
    for (const gone of ['expiresAt', 'sesMessageId']) expect(due).not.toHaveProperty(gone);
    await own.close(row, { state: 'fallback', sesMessageId: id('told') }, seconds(9));
    const [told] = (await own.of(id('notice'))).filter(isEntry);
    expect(told && (await own.reopen(told, seconds(50)))).not.toHaveProperty('unattachable');
  });

  test('lists what is due, oldest attempt first', async () => {
    const own = ledger();
    await own.open([{ ...entry(id('due-2')), nextAttemptAt: seconds(20) }]);
    await own.open([{ ...entry(id('due-1')), nextAttemptAt: seconds(10) }]);
    await own.open([{ ...entry(id('due-3')), nextAttemptAt: seconds(30) }]);
    const found = (await own.due('due', seconds(20), 100)).map(({ messageId }) => messageId);
    expect(found.filter((messageId) => messageId.includes('due-'))).toEqual([id('due-1'), id('due-2')]);
  });

  test('owes a sender one answer that names each recipient once', async () => {
    const own = ledger();
    const mail = envelope(id('owe'));
    await own.owe(mail, [{ recipient: 'a@x.example', cause: 'unknown' }], seconds(5));
    const grown = await own.owe(
      mail,
      [
        { recipient: 'a@x.example', cause: 'blocked' },
        { recipient: 'b@x.example', cause: 'blocked' },
      ],
      seconds(9),
    );
    expect(grown).toMatchObject({ nextAttemptAt: 5, told: 0 });
    expect(grown.refusals.map(({ recipient }) => recipient)).toEqual(['a@x.example', 'b@x.example']);
    await own.told(grown, seconds(10));
    expect(await own.of(id('owe'))).toMatchObject([{ state: 'bounced', told: 2 }]);
    const again = await own.owe(mail, [{ recipient: 'c@x.example', cause: 'expired' }], seconds(11));
    expect(again).toMatchObject({ state: 'due', nextAttemptAt: 11, told: 2 });
  });

  test('keeps an answer due that grew while it was given', async () => {
    const own = ledger();
    const mail = envelope(id('grew'));
    const first = await own.owe(mail, [{ recipient: 'a@x.example', cause: 'unknown' }], seconds(5));
    await own.owe(mail, [{ recipient: 'b@x.example', cause: 'unknown' }], seconds(6));
    await own.told(first, seconds(7));
    await own.drop(first, 'no', seconds(7));
    expect(await own.of(id('grew'))).toMatchObject([{ state: 'due', told: 1 }]);
  });

  test('gives back a row that was not tried, and no other', async () => {
    const own = ledger();
    const row = entry(id('back'));
    const given = { until: seconds(70), reason: 'no time left', isTaken: true, isHeld: false };
    await own.open([row]);
    await own.postpone({ ...row, attempts: 0 }, given, seconds(60));
    expect((await own.of(id('back')))[0]).toEqual(row);
    await own.postpone(row, given, seconds(60));
    const [back] = (await own.of(id('back'))).filter(isEntry);
    expect(back).toEqual({ ...row, nextAttemptAt: 70, reason: 'no time left', postponed: 1 });
    await own.postpone(row, { ...given, isTaken: false, isHeld: true }, seconds(60));
    expect(await own.of(id('back'))).toMatchObject([{ since: row.since + 10, postponed: 0 }]);
    await own.close(row, { state: 'loop' }, seconds(61));
    await own.postpone(row, given, seconds(62));
    expect(await own.of(id('back'))).toMatchObject([{ state: 'loop' }]);
  });

  test('has lines for few, for many, and for answers', async () => {
    const own = ledger();
    await own.open([entry(id('few'))]);
    await own.open([{ ...entry(id('many')), isBulk: true }]);
    await own.owe(envelope(id('answer')), [{ recipient: 'a@x.example', cause: 'unknown' }], seconds(1));
    const line = async (lane: Lane) =>
      (await own.due(lane, seconds(1_000_000), 1_000)).map(({ messageId }) => messageId);
    const names = [id('few'), id('many'), id('answer')];
    const found = await Promise.all(
      lanes.map(async (lane) => (await line(lane)).filter((one) => names.includes(one))),
    );
    expect(found).toEqual([[id('few')], [id('many')], [id('answer')]]);
    expect(await own.of(id('many'))).toMatchObject([{ isBulk: true }]);
    const answer = (await own.of(id('answer'))).find(isAnswer);
    if (answer?.state !== 'due') throw new Error('It is due.');
    await own.told(answer, seconds(2));
    await own.owe(envelope(id('answer')), [{ recipient: 'b@x.example', cause: 'unknown' }], seconds(3));
    expect(await line('answer')).toContain(id('answer'));
  });

  test('knows a hundred destinations that it reached, and forgets one that bounced', async () => {
    const own = ledger();
    const names = Array.from({ length: 120 }, (_, n) => `d${n}@${name.replace(' ', '-')}.example` as Address);
    const rows = names.map((destination) => ({ ...entry(id('reached')), destination }));
    await own.open(rows);
    for (const row of rows.slice(0, 110))
      await own.close(row, { state: 'sent', sesMessageId: id('s') }, seconds(7));
    const [first] = rows;
    if (first !== undefined) await own.bounce(first, 'late');
    expect(await own.reached(names, seconds(8))).toEqual(new Set(names.slice(1, 110)));
    expect(await own.of('#reached')).toEqual([]);
  });

  test('knows whom it has reached, and makes a row due again', async () => {
    const own = ledger();
    const alias = `${name.replace(' ', '-')}@example.com` as Address;
    const destination = `jane@${name.replace(' ', '-')}.example` as Address;
    const row = { ...entry(id('reach')), alias, destination };
    await own.open([row]);
    const reached = () => own.reached([row.destination, 'x@y.example' as Address], seconds(8));
    expect(await reached()).toEqual(new Set());
    await own.close(row, { state: 'sent', sesMessageId: 's' }, seconds(7));
    expect(await reached()).toEqual(new Set([row.destination]));
    const [sent] = (await own.of(id('reach'))).filter(isEntry);
    expect(sent && (await own.reopen(sent, seconds(50)))).toMatchObject({
      state: 'due',
      since: 50,
      attempts: 2,
    });
    expect(
      (await own.due('due', seconds(50), 1_000)).some(({ messageId }) => messageId === id('reach')),
    ).toBe(true);
  });

  test('reads every row, as it was written', async () => {
    const own = ledger();
    const mail = { ...envelope(id('all')), headerMessageId: 'note@sender.example' };
    const leftOut: LeftOut[] = [
      { kind: 'unknown', recipient: 'nobody@example.com' },
      { kind: 'dropped', recipient: 'info@example.com', reason: 'spam' },
    ];
    const rows: LedgerRow[] = [
      { ...firstAnswer(mail, [], seconds(5)), leftOut },
      nobodyRow(mail, leftOut, 'bounced', seconds(5)),
      { ...entry(id('all')), headerMessageId: 'note@sender.example' },
    ];
    await own.open(rows);
    const found: LedgerRow[] = [];
    for await (const row of own.all()) if (row.messageId === id('all')) found.push(row);
    expect(found.sort((a, b) => (a.destination < b.destination ? -1 : 1))).toEqual(rows);
  });
});

function envelope(messageId: string): Envelope {
  const verdict = 'PASS';
  return {
    messageId,
    sender: 'ann@sender.example',
    receivedAt: seconds(1),
    verdicts: { spam: verdict, virus: verdict, spf: verdict, dkim: verdict, dmarc: verdict },
    answerable: true,
  };
}

function entry(messageId: string): DueEntry {
  return {
    ...envelope(messageId),
    destination: 'jane@home.example' as Address,
    alias: 'board@example.com' as Address,
    recipient: 'board@example.com',
    recipients: ['board@example.com'],
    state: 'due',
    attempts: 1,
    nextAttemptAt: seconds(301),
    since: seconds(1),
  };
}
