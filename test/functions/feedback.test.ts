import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { domainItem } from '../../schema/src/records/records.ts';
import { bounceEvent, complaintEvent, startWorld, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
  await world.put('DOMAINS_TABLE', domainItem({ domain: 'example.com' }));
});
beforeEach(() => {
  world.ses.sent.length = 0;
  world.ses.bounces.length = 0;
});
afterAll(() => world.stop());

const hour = 3_600_000;
const general = { bounceType: 'Transient', bounceSubType: 'General' };
const expired = {
  status: '4.4.7',
  diagnosticCode: 'smtp; 451 4.4.7 Message expired: unable to deliver in 840 minutes.',
};
const unsolicited = {
  diagnosticCode: 'smtp; 550-5.7.1 [192.0.2.1] This message is likely unsolicited mail.',
};

test.each([
  { what: 'expired', reported: { action: 'failed', ...expired } },
  { what: 'unsolicited', reported: unsolicited },
  { what: 'unnamed', reported: { emailAddress: 'somebody', ...expired } },
])('takes a General report ($what) for a bounce, and tells the sender', async ({ what, reported }) => {
  const destination = await alias(what);
  await bounce(what, destination, general, reported);
  expect(await world.rows(what)).toMatchObject([{ destination: '#bounce' }, { state: 'bounced' }]);
  await world.call('retryDeliveries', {});
  expect(answers()).toEqual([[what, '5.0.0']]);
});

test('takes a General report that says nothing else for an out-of-office answer', async () => {
  const destination = await alias('away');
  for (const id of ['away-1', 'away-2', 'away-3']) await bounce(id, destination, general, {}, 'away');
  await count(destination);
  expect(await world.rows('away-3')).toMatchObject([{ destination, state: 'sent' }]);
  await world.mail('away-4', { recipients: ['away@example.com'] });
  expect(await world.rows('away-4')).toMatchObject([{ destination, state: 'sent' }]);
});

test('blocks a destination for whose mail the third General report of a failure came', async () => {
  const destination = await alias('late');
  for (const id of ['late-1', 'late-2', 'late-3']) await bounce(id, destination, general, expired, 'late');
  await count(destination);
  await world.mail('late-4', { recipients: ['late@example.com'] });
  expect(await world.rows('late-4')).toMatchObject([{ destination, state: 'due', reason: 'blocked' }]);
});

test.each([
  { subType: 'AttachmentRejected', status: '5.6.1', state: 'fallback' },
  { subType: 'ContentRejected', status: '5.6.1', state: 'bounced' },
  { subType: 'MessageTooLarge', status: '5.3.4', state: 'fallback' },
])('blocks nobody for $subType, and tells the sender of the mail', async ({ subType, status, state }) => {
  const destination = await alias(subType);
  for (const place of [1, 2, 3]) {
    const type = { bounceType: 'Transient', bounceSubType: subType };
    await bounce(`${subType}-${place}`, destination, type, { action: 'failed', status: '5.0.0' }, subType);
  }
  await count(destination);
  await later(1);
  await later(2);
  for (const place of [1, 2, 3]) {
    expect(await world.rows(`${subType}-${place}`)).toMatchObject([
      { destination: '#bounce', state: 'bounced' },
      { destination, state },
    ]);
  }
  const own = answers().filter(([messageId]) => messageId?.startsWith(subType));
  expect(own).toEqual([1, 2, 3].map((place) => [`${subType}-${place}`, status]));
  await world.mail(`${subType}-4`, { recipients: [`${subType}@example.com`] });
  expect(await world.rows(`${subType}-4`)).toMatchObject([{ destination, state: 'sent' }]);
});

test('ends the mail whose notice is refused too, and tells the sender once', async () => {
  const destination = await alias('bare');
  const refused = { bounceType: 'Transient', bounceSubType: 'AttachmentRejected' };
  await bounce('bare', destination, refused, {});
  await later(1);
  const notice = world.ses.sent.at(-1)?.id ?? '';
  const bouncedRecipients = [{ emailAddress: destination }];
  await world.call('bounceOrComplaint', bounceEvent(notice, { ...refused, bouncedRecipients }));
  await later(2);
  expect(await world.rows('bare')).toMatchObject([{ state: 'bounced', told: 1 }, { state: 'bounced' }]);
  expect(answers()).toEqual([['bare', '5.6.1']]);
});

test('sends a notice to a member whose server refuses the attachment that another one has', async () => {
  const [strict, lenient] = ['s1@home.example', 's2@home.example'];
  await world.define('team', [strict, lenient]);
  await world.call('buildForwards', {});
  await world.mail('team', { recipients: ['team@example.com'] });
  const idOf = (address: string) => world.ses.sent.find(({ to }) => to[0] === address)?.id ?? '';
  const refusal = bounceEvent(idOf(strict), {
    bounceType: 'Transient',
    bounceSubType: 'AttachmentRejected',
    bouncedRecipients: [{ emailAddress: strict }],
  });
  await world.call('bounceOrComplaint', refusal);
  await world.call('bounceOrComplaint', refusal);
  await later(1);
  const notices = world.ses.sent.filter(({ to }) => to[0] === strict).slice(1);
  expect(notices.map(({ raw }) => raw.includes('Not forwarded as it was'))).toEqual([true]);
  expect(await world.rows('team')).toMatchObject([
    { destination: strict, state: 'fallback' },
    { destination: lenient, state: 'sent' },
  ]);
  await world.call('bounceOrComplaint', permanent(idOf(lenient), lenient));
  await later(2);
  expect(answers()).toEqual([['team', '5.0.0']]);
});

test('closes the row of a member who is blocked for good, and sends to the others', async () => {
  const [blocked, free] = ['m1@home.example', 'm2@home.example'];
  await world.define('members', [blocked, free]);
  await world.call('buildForwards', {});
  await world.call('bounceOrComplaint', permanent('none', blocked));
  await count(blocked);
  await world.mail('members', { recipients: ['members@example.com'] });
  expect(await world.rows('members')).toMatchObject([
    { destination: blocked, state: 'bounced', reason: 'blocked', expiresAt: expect.any(Number) },
    { destination: free, state: 'sent' },
  ]);
  expect((await world.rows('members'))[0]).not.toHaveProperty('due');
});

test('tells the sender when the member who was not blocked bounces too', async () => {
  const [blocked, free] = ['p1@home.example', 'p2@home.example'];
  await world.define('pair', [blocked, free]);
  await world.call('buildForwards', {});
  await world.call('bounceOrComplaint', permanent('none', blocked));
  await count(blocked);
  await world.mail('pair', { recipients: ['pair@example.com'] });
  await world.call('bounceOrComplaint', permanent(world.ses.sent[0]?.id ?? '', free));
  await world.call('retryDeliveries', {});
  expect(answers()).toEqual([['pair', '5.0.0']]);
});

test('sends to a member whose block passes once it is over, and to the others at once', async () => {
  const [full, free] = ['f1@home.example', 'f2@home.example'];
  await world.define('crew', [full, free]);
  await world.call('buildForwards', {});
  // Such bounces block for 16 hours: the block ends in an hour.
  for (const milliseconds of [0, 1, 2]) {
    await world.call(
      'bounceOrComplaint',
      bounceEvent('none', {
        bounceType: 'Transient',
        bounceSubType: 'MailboxFull',
        timestamp: new Date(Date.now() - 15 * hour + milliseconds).toISOString(),
        bouncedRecipients: [{ emailAddress: full, status: '4.2.2' }],
      }),
    );
  }
  await count(full);
  await world.mail('crew', { recipients: ['crew@example.com'] });
  expect(await world.rows('crew')).toMatchObject([
    { destination: full, state: 'due', reason: 'blocked' },
    { destination: free, state: 'sent' },
  ]);
  await world.call('retryDeliveries', { time: new Date(Date.now() + 2 * hour).toISOString() });
  expect(await world.rows('crew')).toMatchObject([{ state: 'sent' }, { state: 'sent' }]);
});

test('blocks nobody for a complaint about a mail that the ledger does not know', async () => {
  const destination = await alias('accused');
  await world.call('bounceOrComplaint', complaintEvent('never-sent', destination));
  await count(destination);
  await world.mail('accused', { recipients: ['accused@example.com'] });
  expect(await world.rows('accused')).toMatchObject([{ destination, state: 'sent' }]);
  await world.call('bounceOrComplaint', complaintEvent(world.ses.sent[0]?.id ?? '', destination));
  await count(destination);
  await world.mail('accused-2', { recipients: ['accused@example.com'] });
  expect(world.ses.sent).toHaveLength(1);
  expect(answers()).toEqual([['accused-2', '5.2.1']]);
});

/** An alias of one mailbox, which it returns. */
async function alias(name: string): Promise<string> {
  const destination = `${name.toLowerCase()}@home.example`;
  await world.define(name.toLowerCase(), [destination]);
  await world.call('buildForwards', {});
  return destination;
}

/** What the schedule brings about, so many minutes from now. */
async function later(minutes: number): Promise<void> {
  await world.call('retryDeliveries', { time: new Date(Date.now() + minutes * 60_000).toISOString() });
}

/** A mail for an alias of one mailbox, and what SES reports of it. */
async function bounce(
  messageId: string,
  emailAddress: string,
  type: object,
  reported: object,
  to: string = messageId,
): Promise<void> {
  await world.mail(messageId, { recipients: [`${to}@example.com`] });
  const event = bounceEvent(world.ses.sent.at(-1)?.id ?? '', {
    ...type,
    bouncedRecipients: [{ emailAddress, ...reported }],
  });
  await world.call('bounceOrComplaint', event);
}

function permanent(sesMessageId: string, emailAddress: string): unknown {
  return bounceEvent(sesMessageId, {
    bounceType: 'Permanent',
    bounceSubType: 'General',
    // Old enough that nobody waits for the mail's mark to reach the index.
    timestamp: new Date(Date.now() - 120_000).toISOString(),
    bouncedRecipients: [{ emailAddress, status: '5.1.1' }],
  });
}

/** What the stream of Bounces brings about. */
async function count(destination: string): Promise<void> {
  await world.call('updateBounceCount', {
    Records: [{ dynamodb: { Keys: { destination: { S: destination } }, SequenceNumber: '1' } }],
  });
}

/** Which mails' senders were told what. */
function answers(): (string | null)[][] {
  const status = 'BouncedRecipientInfoList.member.1.RecipientDsnFields.Status';
  return world.ses.bounces
    .map((bounce) => [bounce.get('OriginalMessageId'), bounce.get(status)])
    .toSorted(([a], [b]) => (String(a) < String(b) ? -1 : 1));
}
