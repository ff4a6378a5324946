import { DescribeTableCommand, type DynamoDBClient, QueryCommand } from '@aws-sdk/client-dynamodb';
import {
  DescribeActiveReceiptRuleSetCommand,
  GetIdentityNotificationAttributesCommand,
  ListReceiptRuleSetsCommand,
  type SESClient,
} from '@aws-sdk/client-ses';
import { GetAccountCommand, GetEmailIdentityCommand, type SESv2Client } from '@aws-sdk/client-sesv2';
import { defaultMailFrom, dkimName, dkimTarget, inboundHost } from './dnsRecords.ts';
import type {
  AccountFacts,
  DnsFacts,
  DomainFacts,
  Facts,
  IdentityFacts,
  QueueFacts,
  TableFacts,
} from './facts.ts';
import type { StackNames } from './names.ts';
import type { Dns } from './resolver.ts';
import type { Settings } from './settings.ts';

export interface Places {
  readonly ses: SESClient;
  readonly sesv2: SESv2Client;
  readonly dynamodb: DynamoDBClient;
  readonly dns: Dns;
}

/** Reads everything that the checks look at; writes nothing. */
export async function observe(
  places: Places,
  settings: Settings,
  names: StackNames,
  domains: readonly string[],
): Promise<Facts> {
  const [account, active, sets, regionReceives, tables, queue, found] = await Promise.all([
    observeAccount(places.sesv2),
    places.ses.send(new DescribeActiveReceiptRuleSetCommand({})),
    places.ses.send(new ListReceiptRuleSetsCommand({})),
    places.dns.exists(inboundHost(settings.region)),
    observeTables(places.dynamodb, names),
    observeQueue(places.dynamodb, names.deliveries),
    Promise.all(domains.map((domain) => observeDomain(places, domain))),
  ]);
  const activeName = active.Metadata?.Name;
  return {
    settings,
    names,
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
  };
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

async function observeTables(dynamodb: DynamoDBClient, names: StackNames): Promise<TableFacts[]> {
  const wanted = [
    { name: names.definitions, needsStream: true },
    { name: names.domains, needsStream: true },
    { name: names.aliases, needsStream: false },
    { name: names.bounces, needsStream: true },
    { name: names.deliveries, needsStream: false },
  ];
  return Promise.all(
    wanted.map(async ({ name, needsStream }) => {
      const found = await orMissing(dynamodb.send(new DescribeTableCommand({ TableName: name })));
      const hasStream = found?.Table?.StreamSpecification?.StreamEnabled === true;
      return { name, needsStream, exists: found !== undefined, hasStream };
    }),
  );
}

async function observeQueue(dynamodb: DynamoDBClient, table: string): Promise<QueueFacts | undefined> {
  const found = await orMissing(
    dynamodb.send(
      new QueryCommand({
        TableName: table,
        IndexName: 'dueIndex',
        KeyConditionExpression: '#due = :due',
        ExpressionAttributeNames: { '#due': 'due' },
        ExpressionAttributeValues: { ':due': { S: 'due' } },
        Limit: 1_000,
      }),
    ),
  );
  if (found === undefined) return undefined;
  const now = Math.floor(Date.now() / 1_000);
  const ages = (found.Items ?? []).map(({ receivedAt }) => now - Number(receivedAt?.N ?? now));
  return { depth: ages.length, age: Math.max(0, ...ages) };
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

const missing = new Set(['NotFoundException', 'ResourceNotFoundException']);

async function orMissing<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof Error && missing.has(error.name)) return undefined;
    throw error;
  }
}
