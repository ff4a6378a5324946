import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { domainItem } from '../../schema/src/records/records.ts';
import { type MailOptions, mailEvent, startWorld, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
  await world.put('DOMAINS_TABLE', domainItem({ domain: 'example.com' }));
  await world.put('DOMAINS_TABLE', domainItem({ domain: 'example.net', aliasfor: 'example.com' }));
  await world.put('DOMAINS_TABLE', domainItem({ domain: 'strict.example', filter: 'strict' }));
  await world.put(
    'DOMAINS_TABLE',
    domainItem({ domain: 'wary.example', filter: { 'dmarc-quarantine': 'bounce' } }),
  );
  await world.define('info', ['jane@home.example']);
  await world.call('buildForwards', {});
});
beforeEach(() => {
  world.ses.bounces.length = 0;
});
afterAll(() => world.stop());

const from = (value: string) => [{ name: 'From', value }];
const failed = { spf: 'FAIL', dkim: 'FAIL', dmarc: 'FAIL' };
const quarantined = { dmarc: 'FAIL', policy: 'quarantine' };

const passes = 'STOP_RULE';
const bounced = 'CONTINUE';
const dropped = 'STOP_RULE_SET';

test.each<[string, string, Partial<MailOptions>]>([
  [bounced, 'fails', { verdicts: { dmarc: 'FAIL' }, headers: from('Jane <jane@example.com>') }],
  [bounced, 'fails at an alias domain', { verdicts: { dmarc: 'FAIL' }, headers: from('Jane@Example.NET') }],
  [bounced, 'is not known', { verdicts: { dmarc: 'GRAY' }, headers: from('jane@example.com') }],
  [dropped, 'fails as all does', { verdicts: failed, headers: from('jane@example.com') }],
  [
    dropped,
    'fails, of a program',
    {
      verdicts: { dmarc: 'FAIL' },
      headers: [...from('jane@example.com'), { name: 'X-Autoreply', value: 'yes' }],
    },
  ],
  [passes, 'passes', { headers: from('jane@example.com') }],
  [passes, 'could not be judged', { verdicts: { dmarc: 'DISABLED' }, headers: from('jane@example.com') }],
  [passes, 'fails elsewhere', { verdicts: { dmarc: 'FAIL' }, headers: from('jane@sender.example') }],
])('answers %s for a mail from a domain of ours whose DMARC %s', async (disposition, _, given) => {
  const event = mailEvent('judged', { recipients: ['info@example.com'], ...given });
  expect(await world.call('spam', event)).toEqual({ disposition });
});

test.each([
  [passes, 'info@example.com', quarantined],
  [dropped, 'info@strict.example', quarantined],
  [bounced, 'info@wary.example', quarantined],
  [dropped, 'info@wary.example', { ...quarantined, spf: 'FAIL' }],
  [passes, 'info@strict.example', { ...quarantined, policy: 'none' }],
])(
  'answers %s where DMARC asks for quarantine, and the filter is that of %s',
  async (disposition, to, verdicts) => {
    const event = mailEvent('judged', { recipients: [to], verdicts, headers: from('ann@sender.example') });
    expect(await world.call('spam', event)).toEqual({ disposition });
  },
);

const aligned = from('Ann <ann@sender.example>');
const onlyDkim = { spf: 'FAIL', dkim: 'PASS', dmarc: 'FAIL' };
const onlyDmarc = { spf: 'FAIL', dkim: 'PASS', dmarc: 'PASS' };

test.each<[string, boolean, Partial<MailOptions>]>([
  ['SPF passes', true, { verdicts: { ...failed, spf: 'PASS' } }],
  ['DMARC passes for the domain of the envelope', true, { verdicts: onlyDmarc, headers: aligned }],
  ['DMARC passes for another domain', false, { verdicts: onlyDmarc, headers: from('ann@other.example') }],
  ['DMARC passes for who knows', false, { verdicts: onlyDmarc }],
  ['DKIM alone passes', false, { verdicts: onlyDkim, headers: aligned }],
  ['it is an automatic reply', false, { headers: [{ name: 'X-Autoreply', value: 'yes' }] }],
  ['its Precedence says so', false, { headers: [{ name: 'Precedence', value: 'auto_reply' }] }],
  [
    'it is a report',
    false,
    { headers: [{ name: 'Content-Type', value: 'multipart/report; report-type=delivery-status' }] },
  ],
])('knows whether to answer the sender of a mail to nobody where %s: %s', async (what, isAnswered, given) => {
  const id = what.replace(/\W/g, '-');
  await world.mail(id, { recipients: ['nobody@example.com'], ...given });
  expect(world.ses.bounces.map((bounce) => bounce.get('OriginalMessageId'))).toEqual(isAnswered ? [id] : []);
});
