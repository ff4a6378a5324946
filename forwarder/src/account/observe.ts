import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { LambdaClient } from '@aws-sdk/client-lambda';
import type { S3Client } from '@aws-sdk/client-s3';
import {
  DescribeActiveReceiptRuleSetCommand,
  GetIdentityNotificationAttributesCommand,
  ListReceiptRuleSetsCommand,
  type SESClient,
} from '@aws-sdk/client-ses';
import { GetAccountCommand, GetEmailIdentityCommand, type SESv2Client } from '@aws-sdk/client-sesv2';
import { GetCallerIdentityCommand, type STSClient } from '@aws-sdk/client-sts';
import type { StackNames, StageSettings } from '../../../schema/src/stage/stage.ts';
import type { Cures } from './cures.ts';
import { type Dns, defaultMailFrom, dkimName, dkimTarget, inboundHost } from './dnsRecords.ts';
import type { AccountFacts, DnsFacts, DomainFacts, Facts, IdentityFacts } from './findings.ts';
import { observeGrants } from './observeGrants.ts';
import { observeBrake, observeBuild, observeGate, observeQueue, observeTables } from './observeTables.ts';
import { orMissing, type Place } from './place.ts';

export interface Places {
  readonly ses: SESClient;
  readonly sesv2: SESv2Client;
  readonly sts: STSClient;
  readonly dynamodb: DynamoDBClient;
  readonly s3: S3Client;
  readonly lambda: LambdaClient;
  readonly dns: Dns;
}

/** Reads everything that the checks look at; writes nothing. */
export async function observe(
  places: Places,
  settings: StageSettings,
  names: StackNames,
  domains: readonly string[],
  cures: Cures,
): Promise<Facts> {
  const place = await observePlace(places.sts, settings.region);
  const now = Math.floor(Date.now() / 1_000);
  const [account, active, sets, regionReceives, tables, queue, brake, buildAge, gate, grants, found] =
    await Promise.all([
      observeAccount(places.sesv2),
      places.ses.send(new DescribeActiveReceiptRuleSetCommand({})),
      places.ses.send(new ListReceiptRuleSetsCommand({})),
      places.dns.exists(inboundHost(settings.region)),
      observeTables(places, names),
      observeQueue(places.dynamodb, names.deliveries, now),
      observeBrake(places.dynamodb, names.deliveries, now),
      observeBuild(places.dynamodb, names.domains, now),
      observeGate(places.dynamodb, names.domains, now),
      observeGrants(places, names, place),
      Promise.all(domains.map((domain) => observeDomain(places, domain))),
    ]);
  const activeName = active.Metadata?.Name;
  return {
    settings,
    names,
    cures,
    place,
    account,
    domains: found,
    ...(activeName === undefined
      ? {}
      : {
          active: {
            name: activeName,
            rules: (active.Rules ?? []).map(({ Name, Enabled, ScanEnabled }) => ({
              name: Name ?? '',
              enabled: Enabled === true,
              scans: ScanEnabled === true,
            })),
          },
        }),
    hasRuleSet: (sets.RuleSets ?? []).some(({ Name }) => Name === names.ruleSet),
    regionReceives,
    tables,
    ...(queue === undefined ? {} : { queue }),
    ...(brake === undefined ? {} : { brake }),
    ...(buildAge === undefined ? {} : { buildAge }),
    ...(gate === undefined ? {} : { gate }),
    grants,
  };
}

/** Throws where there are no credentials. */
export async function observePlace(sts: STSClient, region: string): Promise<Place> {
  const { Arn = '', Account = '' } = await sts.send(new GetCallerIdentityCommand({}));
  return { partition: Arn.split(':')[1] ?? 'aws', region, account: Account };
}

async function observeAccount(sesv2: SESv2Client): Promise<AccountFacts> {
  const account = await sesv2.send(new GetAccountCommand({}));
  return {
    productionAccess: account.ProductionAccessEnabled === true,
    sendingEnabled: account.SendingEnabled === true,
    dailyQuota: account.SendQuota?.Max24HourSend ?? 0,
    suppressedReasons: account.SuppressionAttributes?.SuppressedReasons ?? [],
  };
}

async function observeDomain(places: Places, domain: string): Promise<DomainFacts> {
  const identity = await observeIdentity(places, domain);
  const dns = await observeDns(places.dns, domain, identity);
  return { domain, dns, ...(identity === undefined ? {} : { identity }) };
}

async function observeIdentity({ ses, sesv2 }: Places, domain: string): Promise<IdentityFacts | undefined> {
  const found = await orMissing(sesv2.send(new GetEmailIdentityCommand({ EmailIdentity: domain })));
  if (found === undefined) return undefined;
  const { NotificationAttributes } = await ses.send(
    new GetIdentityNotificationAttributesCommand({ Identities: [domain] }),
  );
  const topics = NotificationAttributes?.[domain];
  const mailFrom = found.MailFromAttributes?.MailFromDomain;
  return {
    verified: found.VerifiedForSendingStatus === true,
    dkimTokens: found.DkimAttributes?.Tokens ?? [],
    feedbackForwarding: found.FeedbackForwardingStatus !== false,
    ...(mailFrom === undefined ? {} : { mailFrom }),
    ...(topics?.BounceTopic === undefined ? {} : { bounceTopic: topics.BounceTopic }),
    ...(topics?.ComplaintTopic === undefined ? {} : { complaintTopic: topics.ComplaintTopic }),
  };
}

async function observeDns(dns: Dns, domain: string, identity: IdentityFacts | undefined): Promise<DnsFacts> {
  const mailFrom = identity?.mailFrom ?? defaultMailFrom(domain);
  const tokens = identity?.dkimTokens ?? [];
  const [mx, dmarc, mailFromMx, mailFromTxt, dkim] = await Promise.all([
    dns.mx(domain),
    dns.txt(`_dmarc.${domain}`),
    dns.mx(mailFrom),
    dns.txt(mailFrom),
    Promise.all(
      tokens.map(async (token) => {
        const targets = await dns.cname(dkimName(token, domain));
        return targets.includes(dkimTarget(token)) ? [token] : [];
      }),
    ),
  ]);
  return { mx, dmarc, mailFromMx, mailFromTxt, dkim: dkim.flat() };
}
