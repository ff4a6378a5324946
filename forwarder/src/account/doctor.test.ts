import { expect, it } from 'vitest';
import { namesOf } from '../../../schema/src/stage/stage.ts';
import { curesOf } from './cures.ts';
import { feedbackHost, inboundHost, spf } from './dnsRecords.ts';
import { diagnose } from './doctor.ts';
import { type BucketOwner, type DnsFacts, type Facts, losesMail, renderFindings } from './findings.ts';
import { topicArn } from './place.ts';

const region = 'eu-west-1';
const names = namesOf('production', {});
const place = { partition: 'aws', region, account: '123456789012' };

const grants = [
  { kind: 'bucket', name: 'aliasops-production-mail-123456789012' },
  { kind: 'function', name: names.spam },
  { kind: 'function', name: names.process },
] as const;

const none = { found: [] };

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
  regionReceives: { found: true },
  bounceSender: { domain: 'example.com', isVerified: true },
  bucket: { name: 'aliasops-production-mail-123456789012', owner: 'ours' },
  alarmAddress: 'confirmed',
  hasMetrics: true,
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
        mx: { found: [inboundHost(region)] },
        dkim: { found: ['one', 'two', 'three'] },
        dmarc: { found: ['v=DMARC1; p=none'] },
        mailFromMx: { found: [feedbackHost(region)] },
        mailFromTxt: { found: [spf] },
      },
    },
  ],
};

const wrongDns: DnsFacts = { mx: none, dkim: none, dmarc: none, mailFromMx: none, mailFromTxt: none };

const wrong: Facts = {
  ...right,
  account: { productionAccess: false, sendingEnabled: false, dailyQuota: 200, suppressedReasons: [] },
  settings: { ...right.settings, recipients: ['example.com'] },
  active: { ...right.active, name: names.ruleSet, rules: [...(right.active?.rules ?? [])].reverse() },
  regionReceives: { found: false },
  bounceSender: { domain: 'example.com', isVerified: false },
  bucket: { name: 'aliasops-production-mail-123456789012', owner: 'foreign' },
  alarmAddress: 'pending',
  hasMetrics: false,
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
        mx: { found: ['mx.old.example', inboundHost(region)] },
        dkim: { found: ['one'] },
        dmarc: { found: [] },
        mailFromMx: { found: [] },
        mailFromTxt: { found: [] },
      },
    },
    {
      domain: 'example.net',
      dns: wrongDns,
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

/** A domain as it should be, but for this. */
const domainWith = (changed: Partial<DnsFacts>) => ({
  domains: right.domains.map((domain) => ({ ...domain, dns: { ...domain.dns, ...changed } })),
});
const silent = { fault: 'the name server answers with SERVFAIL: X example.com' };
const at = (domain: string, isVerified: boolean) => ({ bounceSender: { domain, isVerified } });
const bucketOf = (owner: BucketOwner) => ({ bucket: { ...right.bucket, owner } });

it.each<[string, Partial<Facts>, readonly string[]]>([
  ['an alarm address that has said yes', { alarmAddress: 'confirmed' }, []],
  [
    'one that has not answered yet',
    { alarmAddress: 'pending' },
    [
      'warning alarm-address pending: nobody has confirmed the subscription of `alarmAddress`, so it is told of no alarm',
    ],
  ],
  [
    'one that was not asked',
    { alarmAddress: 'not-asked' },
    [
      'warning alarm-address `alarmAddress` is not subscribed, or nobody confirmed it in time: it is told of no alarm',
    ],
  ],
  [
    'no topic for alarms',
    { alarmAddress: 'no-topic' },
    ['warning alarm-address the topic of the alarms is missing: nobody is told of them'],
  ],
  [
    'no metrics',
    { hasMetrics: false },
    [
      'warning metrics CloudWatch has had no metric of the functions for three hours: no alarm about mail can go off',
    ],
  ],
  ['a verified bounce sender elsewhere', at('example.org', true), []],
  [
    'an unverified bounce sender',
    at('example.org', false),
    [
      'error bounce-sender SES has verified neither the address of `bounceSender` nor its domain: nobody is told that a mail could not be delivered',
    ],
  ],
  [
    'a foreign bucket',
    bucketOf('foreign'),
    [
      'error bucket the bucket belongs to another account, or you may not look at it: mail would be stored with strangers',
    ],
  ],
  ['no bucket', bucketOf('missing'), ['error bucket the bucket is missing: SES refuses the mail']],
  [
    'no answer about the region',
    { regionReceives: silent },
    [`warning region not looked at: ${silent.fault}`],
  ],
  ['no answer about MX', domainWith({ mx: silent }), [`warning mx not looked at: ${silent.fault}`]],
  ['no answer about DKIM', domainWith({ dkim: silent }), [`warning dkim not looked at: ${silent.fault}`]],
  ['no answer about DMARC', domainWith({ dmarc: silent }), [`warning dmarc not looked at: ${silent.fault}`]],
  [
    'no answer about MAIL FROM',
    domainWith({ mailFromMx: silent }),
    [`warning mail-from not looked at: ${silent.fault}`],
  ],
  [
    'no answer about SPF',
    domainWith({ mailFromTxt: silent }),
    [`warning spf not looked at: ${silent.fault}`],
  ],
])('finds of %s, and of nothing else', (_, changed, expected) => {
  const findings = diagnose({ ...right, ...changed }).filter(({ level }) => level !== 'ok');
  expect(findings.map(({ level, check, message }) => `${level} ${check} ${message}`)).toEqual(expected);
});

it.each<[string, Facts['domains'], string]>([
  ['is of no domain of ours', [], 'verify example.com with SES, or write'],
  [
    'is not known to SES yet',
    [{ domain: 'example.com', dns: wrongDns }],
    'npm run -s forwarder -- setup, or write',
  ],
  [
    'waits for its records',
    right.domains,
    'add the records of npm run -s forwarder -- doctor --dns, or write',
  ],
])('says what to do where the domain of the bounce sender %s', (_, domains, fix) => {
  const found = diagnose({ ...right, ...at('example.com', false), domains });
  expect(found.find(({ check }) => check === 'bounce-sender')?.fix).toContain(fix);
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
