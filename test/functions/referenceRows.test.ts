import { afterAll, beforeAll, expect, test } from 'vitest';
import { domainItem } from '../../schema/src/records/records.ts';
import { bounceEvent, complaintEvent, startWorld, type World } from './world.ts';

let world: World;
const started = Math.floor(Date.now() / 1_000);
beforeAll(async () => {
  world = await startWorld();
  await world.put('DOMAINS_TABLE', domainItem({ domain: 'example.com' }));
  await world.put('DOMAINS_TABLE', domainItem({ domain: 'example.net', aliasfor: 'example.com' }));
  await world.define('info', ['jane@home.example', 'board']);
  await world.define('board', ['john@home.example']);
  await world.call('buildForwards', {});
  await world.mail('bounced', { recipients: ['board@example.com'] });
  const id = world.ses.sent[0]?.id ?? '';
  await world.call(
    'bounceOrComplaint',
    bounceEvent(id, {
      bounceType: 'Permanent',
      bounceSubType: 'General',
      bouncedRecipients: [
        {
          emailAddress: 'john@home.example',
          action: 'failed',
          status: '5.1.1',
          diagnosticCode: 'smtp; 550 5.1.1 no such user',
        },
      ],
    }),
  );
  await world.call('bounceOrComplaint', complaintEvent(id, 'john@home.example'));
  await world.call('updateBounceCount', {
    Records: [{ dynamodb: { Keys: { destination: { S: 'john@home.example' } }, SequenceNumber: '1' } }],
  });
});
afterAll(() => world.stop());

type Check = (value: unknown) => boolean;
const isText: Check = (value) => typeof value === 'string' && value !== '';
const isAddress: Check = (value) => typeof value === 'string' && /^[^@\s]+@[^@\s]+$/.test(value);
const isName: Check = (value) => typeof value === 'string' && /^[^@\s]+$/.test(value);
const isCount: Check = (value) => Number.isInteger(value) && Number(value) >= 0;
/** Epoch seconds of about now, with or without a fraction. */
const isTime: Check = (value) => typeof value === 'number' && value >= started - 1 && value < started + 600;
/** The same, so many days later. */
const isEnd =
  (...days: readonly number[]): Check =>
  (value) =>
    Number.isInteger(value) && days.some((later) => isTime(Number(value) - later * 86_400));
const isOneOf =
  (...choices: readonly unknown[]): Check =>
  (value) =>
    choices.includes(value);
const isList: Check = (value) => Array.isArray(value) && value.every(isText);

/** Every attribute that the reference and we write, in its spelling and its unit. `?`: not on every row. */
const attributes: Readonly<Record<string, Readonly<Record<string, Check>>>> = {
  DEFINITIONS_TABLE: {
    domain: isName,
    alias: isName,
    destinations: isList,
    active: isOneOf(true, false),
    type: isOneOf('person', 'group', 'function', 'external'),
  },
  DOMAINS_TABLE: { domain: isName, 'aliasfor?': isName },
  ALIASES_TABLE: {
    alias: isAddress,
    destination: isAddress,
    domain: isName,
    updatedAt: (value) => isCount(value) && isTime(value),
    bounces: isCount,
  },
  BOUNCES_TABLE: {
    destination: isAddress,
    createdAt: isTime,
    validUntil: isEnd(30, 730),
    type: isOneOf('bounce', 'complaint'),
    'bounceType?': isOneOf('Permanent'),
    'bounceSubType?': isOneOf('General'),
    'action?': isOneOf('failed'),
    'status?': isOneOf('5.1.1'),
    'diagnosticCode?': isText,
    'feedbackId?': isText,
    'complaintFeedbackType?': isOneOf('abuse'),
  },
};
/** What we write besides, which the reference ignores. */
const ours = new Set(['managedBy', 'sum', 'live', 'liveOnly']);

test.each(Object.entries(attributes))('writes %s as the reference does', async (table, checks) => {
  const rows = (await world.items(table)).filter(({ domain }) => !String(domain).startsWith('#'));
  expect(rows.length).toBeGreaterThan(1);
  for (const [written, check] of Object.entries(checks)) {
    const name = written.replace(/\?$/, '');
    const holders = rows.filter((row) => name in row);
    expect(holders.length, name).toBe(written === name ? rows.length : Math.max(1, holders.length));
    for (const row of holders) expect([name, row[name], check(row[name])]).toEqual([name, row[name], true]);
  }
  const known = new Set([...Object.keys(checks).map((name) => name.replace(/\?$/, '')), ...ours]);
  expect(rows.flatMap((row) => Object.keys(row)).filter((name) => !known.has(name))).toEqual([]);
});
