import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { domainItem } from '../../schema/src/records/records.ts';
import { bounceEvent, mailEvent, startWorld, type World } from './world.ts';

let world: World;
/** What the functions wrote to their logs, metrics included. */
const written: string[] = [];

beforeAll(async () => {
  world = await startWorld();
  await world.define('board', ['jane@home.example', 'john@home.example']);
  await world.define('solo', ['solo@home.example']);
  await world.define('gone', ['gone@home.example'], false);
  await world.put('DOMAINS_TABLE', domainItem({ domain: 'example.com' }));
  for (const stream of [process.stdout, process.stderr]) {
    vi.spyOn(stream, 'write').mockImplementation((chunk) => written.push(String(chunk)) > 0);
  }
  await world.call('buildForwards', {});
  await everyEnd();
  vi.restoreAllMocks();
});
afterAll(() => world.stop());

/** A mail of each end: forwarded, refused by SES, bounced, unknown, inactive, dropped, given up, and a report of none. */
async function everyEnd(): Promise<void> {
  await world.mail('m-board', {
    recipients: ['board@example.com', 'nobody@example.com', 'gone@example.com'],
  });
  world.ses.failures.push('MessageRejected', 'MessageRejected', 'MessageRejected');
  await world.mail('m-refused', { recipients: ['solo@example.com'] });
  await world.mail('m-bounced', { recipients: ['solo@example.com'] });
  const bounced = { emailAddress: 'solo@home.example', action: 'failed', status: '5.1.1' };
  const report = {
    bounceType: 'Permanent',
    bounceSubType: 'General',
    bouncedRecipients: [{ ...bounced, diagnosticCode: 'smtp; 550 no solo@home.example here' }],
  };
  await world.call('bounceOrComplaint', bounceEvent(world.ses.sent.at(-1)?.id ?? '', report));
  const unknown = world.call('bounceOrComplaint', bounceEvent('unknown', report));
  // Lambda logs what it throws.
  written.push(String(await unknown.catch((error: unknown) => error)));
  await world.call(
    'spam',
    mailEvent('m-spam', { recipients: ['board@example.com'], verdicts: { spam: 'FAIL' } }),
  );
  world.ses.failures.push('SendingPausedException', 'SendingPausedException');
  const at = new Date(Date.now() - 79_200_000);
  await world.mail('m-old', { recipients: ['board@example.com'], at });
  await world.call('retryDeliveries', { time: new Date(Date.now() + 400_000).toISOString() });
}

test('the logs and metrics of the functions name nobody and no subject', () => {
  const log = written.join('');
  expect(log).toContain('m-board');
  expect(log).toContain('m-bounced');
  expect(log).not.toMatch(/@|home\.example|sender\.example|Hi\b/);
});

test('a report to the sender names the addresses that were written to, and no mailbox', () => {
  const reports = world.ses.bounces.map((report) => [report.get('OriginalMessageId'), report.toString()]);
  expect(new Set(reports.map(([id]) => id))).toEqual(new Set(['m-board', 'm-refused', 'm-bounced', 'm-old']));
  expect(reports.filter(([, report]) => report?.includes('home.example'))).toEqual([]);
});

test('what a member gets names no other member', () => {
  const raws = world.ses.sent.map(({ raw }) => raw.toString('latin1'));
  expect(raws.length).toBeGreaterThan(2);
  expect(raws.filter((raw) => raw.includes('home.example'))).toEqual([]);
});
