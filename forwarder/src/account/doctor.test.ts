import { expect, it } from 'vitest';
import { namesOf } from '../../../schema/src/stage/stage.ts';
import { curesOf } from './cures.ts';
import { feedbackHost, inboundHost, spf } from './dnsRecords.ts';
import { diagnose } from './doctor.ts';
import { type Facts, losesMail, renderFindings } from './findings.ts';
import { topicArn } from './place.ts';

const region = 'eu-west-1';
const names = namesOf('production', {});
const place = { partition: 'aws', region, account: '123456789012' };

const grants = [
  { kind: 'bucket', name: 'aliasops-production-mail-123456789012' },
  { kind: 'function', name: names.spam },
  { kind: 'function', name: names.process },
] as const;

const right: Facts = {
  names,
  cures: curesOf('production', {}),
  place,
  settings: {
    region,
    senderLocalPart: 'forwarder-daemon',
    bounceSender: 'mailer-daemon@example.com',
    alarmAddress: 'maintainers@example.org',
    recipients: [],
    tlsPolicy: 'Optional',
    limits: { bounces: 0, softBounces: 3, bounceRate: 0.05 },
    logRetentionDays: 90,
    github: { owner: 'example', repository: 'mail', ownerId: 1, repositoryId: 2 },
  },
  account: {
    productionAccess: true,
    sendingEnabled: true,
    dailyQuota: 50_000,
    suppressedReasons: ['BOUNCE', 'COMPLAINT'],
  },
  active: {
    name: names.ruleSet,
    rules: [names.spamRule, names.processRule].map((name) => ({ name, enabled: true, scans: true })),
  },
  hasRuleSet: true,
  regionReceives: true,
  tables: [
    {
      name: names.definitions,
      exists: true,
      follower: names.triggerBuild,
      hasStream: true,
      followers: [{ functionName: names.triggerBuild, id: '1' }],
    },
  ],
  queue: { depth: 0, age: 0 },
  buildAge: 600,
  gate: { isStale: false, age: 600 },
  grants: grants.map((grant) => ({ ...grant, isGranted: true })),
  domains: [
    {
      domain: 'example.com',
      identity: {
        verified: true,
        dkimTokens: ['one', 'two', 'three'],
        mailFrom: 'bounce.example.com',
        feedbackForwarding: false,
        bounceTopic: topicArn(place, names.bounceTopic),
        complaintTopic: topicArn(place, names.complaintTopic),
      },
      dns: {
        mx: [inboundHost(region)],
        dkim: ['one', 'two', 'three'],
        dmarc: ['v=DMARC1; p=none'],
        mailFromMx: [feedbackHost(region)],
        mailFromTxt: [spf],
      },
    },
  ],
};

const wrong: Facts = {
  ...right,
  account: { productionAccess: false, sendingEnabled: false, dailyQuota: 200, suppressedReasons: [] },
  settings: { ...right.settings, recipients: ['example.com'] },
  active: { ...right.active, name: names.ruleSet, rules: [...(right.active?.rules ?? [])].reverse() },
  regionReceives: false,
  tables: [
    {
      name: names.definitions,
      exists: true,
      follower: names.triggerBuild,
      hasStream: false,
      followers: [],
    },
    {
      name: names.bounces,
      exists: true,
      follower: names.updateBounceCount,
      hasStream: true,
      followers: [{ functionName: 'ses-email-forward-updateBounceCount', id: 'b3c0' }],
    },
    { name: names.aliases, exists: true, hasStream: false, followers: [], blindIndex: 'destinationIndex' },
    { name: names.deliveries, exists: false, hasStream: false, followers: [] },
  ],
  queue: { depth: 3, age: 5 * 3_600 },
  brake: 0.0612,
  buildAge: 26 * 3_600,
  gate: { isStale: true, age: 40 * 60 },
  grants: grants.map((grant) => ({ ...grant, isGranted: false })),
  domains: [
    {
      domain: 'example.com',
      identity: { verified: false, dkimTokens: ['one', 'two'], feedbackForwarding: true },
      dns: {
        mx: ['mx.old.example', inboundHost(region)],
        dkim: ['one'],
        dmarc: [],
        mailFromMx: [],
        mailFromTxt: [],
      },
    },
    {
      domain: 'example.net',
      dns: { mx: [], dkim: [], dmarc: [], mailFromMx: [], mailFromTxt: [] },
    },
  ],
};

it('finds nothing wrong with an account that is right', () => {
  const findings = diagnose(right);
  expect(findings.filter(({ level }) => level !== 'ok')).toEqual([]);
  expect(losesMail(findings)).toBe(false);
});

it('names everything that is wrong, each with its cure', async () => {
  const findings = diagnose(wrong);
  expect(losesMail(findings)).toBe(true);
  expect(findings.filter(({ level, fix }) => level !== 'ok' && fix === undefined)).toEqual([]);
  await expect(renderFindings(findings)).toMatchFileSnapshot('golden/doctor-wrong.txt');
});

it.each([
  ['production', {}, ''],
  ['production', { STAGE: '' }, ''],
  ['production', { STAGE: 'test' }, ' --stage production'],
  ['test', {}, ' --stage test'],
  ['test', { STAGE: 'test' }, ' --stage test'],
])('mends the stage that was asked for: %s, with %j', (stage, environment, option) => {
  const cures = curesOf(stage, environment);
  for (const cure of Object.values(cures)) {
    expect(cure.endsWith(option)).toBe(true);
    expect(cure.includes('--stage')).toBe(option !== '');
  }
  const fixes = diagnose({ ...wrong, cures }).flatMap(({ fix = '' }) => (/npm run/.test(fix) ? [fix] : []));
  expect(fixes.length).toBeGreaterThan(10);
  for (const fix of fixes)
    expect([fix, Object.values(cures).some((cure) => fix.includes(cure))]).toEqual([fix, true]);
});
