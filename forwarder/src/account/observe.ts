import type { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { LambdaClient } from '@aws-sdk/client-lambda';
import type { S3Client } from '@aws-sdk/client-s3';
import {
  DescribeActiveReceiptRuleSetCommand,
  ListReceiptRuleSetsCommand,
  type SESClient,
} from '@aws-sdk/client-ses';
import { GetAccountCommand, type SESv2Client } from '@aws-sdk/client-sesv2';
import type { SNSClient } from '@aws-sdk/client-sns';
import { GetCallerIdentityCommand, type STSClient } from '@aws-sdk/client-sts';
import { bucketOf, type StackNames, type StageSettings } from '../../../schema/src/stage/stage.ts';
import type { Cures } from './cures.ts';
import { inboundHost } from './dnsRecords.ts';
import type { Dns } from './dnsResolver.ts';
import type { AccountFacts, Facts } from './findings.ts';
import { observeAlarmAddress, observeMetrics } from './observeAlarms.ts';
import { observeBucket } from './observeBucket.ts';
import { observeBounceSender, observeDomain } from './observeDomains.ts';
import { observeGrants } from './observeGrants.ts';
import { observeBrake, observeBuild, observeGate, observeQueue, observeTables } from './observeTables.ts';
import { type Place, topicArn } from './place.ts';

export interface Places {
  readonly ses: SESClient;
  readonly sesv2: SESv2Client;
  readonly sts: STSClient;
  readonly dynamodb: DynamoDBClient;
  readonly s3: S3Client;
  readonly lambda: LambdaClient;
  readonly sns: SNSClient;
  readonly cloudWatch: CloudWatchClient;
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
  const bucket = bucketOf(names, place.account);
  const [
    account,
    active,
    sets,
    regionReceives,
    tables,
    queue,
    brake,
    buildAge,
    gate,
    bounceSender,
    alarmAddress,
    hasMetrics,
    bucketOwner,
    found,
  ] = await Promise.all([
    observeAccount(places.sesv2),
    places.ses.send(new DescribeActiveReceiptRuleSetCommand({})),
    places.ses.send(new ListReceiptRuleSetsCommand({})),
    places.dns.exists(inboundHost(settings.region)),
    observeTables(places, names),
    observeQueue(places.dynamodb, names.deliveries, now),
    observeBrake(places.dynamodb, names.deliveries, now),
    observeBuild(places.dynamodb, names.domains, now),
    observeGate(places.dynamodb, names.domains, now),
    observeBounceSender(places.sesv2, settings.bounceSender),
    observeAlarmAddress(places.sns, topicArn(place, names.alarmTopic), settings.alarmAddress),
    observeMetrics(places.cloudWatch),
    observeBucket(places.s3, bucket, place.account),
    Promise.all(domains.map((domain) => observeDomain(places, domain))),
  ]);
  // S3 tells nobody what the policy of a foreign bucket is.
  const grants = await observeGrants(places, names, place, bucketOwner === 'ours' ? bucket : undefined);
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
    bounceSender,
    bucket: { name: bucket, owner: bucketOwner },
    alarmAddress,
    hasMetrics,
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
