import { setTimeout as pause } from 'node:timers/promises';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { S3Client } from '@aws-sdk/client-s3';
import { SESClient } from '@aws-sdk/client-ses';
import { SESv2Client } from '@aws-sdk/client-sesv2';
import { defaults } from '../../../schema/src/stage/stage.ts';
import type { Milliseconds } from '../../../schema/src/text/time.ts';
import { brakeRow, sendStatistics } from '../aws/bounceRate.ts';
import { bouncesTable } from '../aws/bouncesTable.ts';
import { documents } from '../aws/documents.ts';
import { bouncer, sender } from '../aws/emailService.ts';
import { hourlyAnswers } from '../aws/hourlyAnswers.ts';
import { invocation } from '../aws/invocation.ts';
import { ledgerTable } from '../aws/ledgerTable.ts';
import { messageBucket } from '../aws/messageBucket.ts';
import { orphanRow } from '../aws/orphanRow.ts';
import { queueLease } from '../aws/queueRow.ts';
import { aliasRows, publishedDomains } from '../aws/routingTables.ts';
import { sendQuota } from '../aws/sendQuota.ts';
import { clock, once, quick, steady } from './clients.ts';
import { wakeEvent } from './handlers/retryDeliveries.ts';
import { addressOf, limit, optional, otherDomains, required, senderNames } from './settings.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * What `process` and `retryDeliveries` share: all that a mail meets on its way.
 *
 * @param sendTimeout what SES has for one mail
 */
export function mailPath(environment: Environment, sendTimeout: Milliseconds) {
  const settings = required(
    environment,
    'DOMAINS_TABLE',
    'ALIASES_TABLE',
    'BOUNCES_TABLE',
    'DELIVERIES_TABLE',
    'MESSAGE_BUCKET',
    'BOUNCE_SENDER',
  );
  const client = documents(new DynamoDBClient(quick));
  const bucket = messageBucket(new S3Client(steady), settings.MESSAGE_BUCKET);
  const ses = new SESClient(once(sendTimeout));
  const domains = publishedDomains(client, settings.DOMAINS_TABLE);
  const ports = {
    tables: {
      domains,
      aliases: aliasRows(client, settings.ALIASES_TABLE),
      bounces: bouncesTable(client, settings.BOUNCES_TABLE),
    },
    ledger: ledgerTable(client, settings.DELIVERIES_TABLE),
    bucket,
    events: bucket,
    sender: sender(new SESv2Client(once(sendTimeout)), optional(environment, 'CONFIGURATION_SET')),
    brake: brakeRow(client, settings.DELIVERIES_TABLE),
    orphans: orphanRow(client, settings.DELIVERIES_TABLE),
    statistics: sendStatistics(ses),
    quota: sendQuota(ses),
    policy: { language: async () => (await domains.gate())?.language ?? ('en' as const) },
    answers: hourlyAnswers(client, settings.DELIVERIES_TABLE),
    lease: queueLease(client, settings.DELIVERIES_TABLE),
    queue: { wake: wakerOf(optional(environment, 'RETRY_DELIVERIES_FUNCTION')) },
    bouncer: bouncer(ses, addressOf(settings, 'BOUNCE_SENDER')),
    clock,
    pause,
    timer: (time: Milliseconds, signal: AbortSignal) => pause(time, undefined, { signal }),
  };
  const options = {
    ...senderNames(environment),
    sendTime: sendTimeout,
    otherDomains: otherDomains(environment),
    bounceLimit: limit(environment, 'BOUNCE_LIMIT', defaults.limits.bounces),
    softBounceLimit: limit(environment, 'SOFT_BOUNCE_LIMIT', defaults.limits.softBounces),
    bounceRateLimit: limit(environment, 'BOUNCE_RATE_LIMIT', defaults.limits.bounceRate),
  };
  return { ports, options };
}

/** A command has nobody to wake: what it leaves waits for its time. */
function wakerOf(name: string | undefined): () => Promise<void> {
  return name === undefined ? async () => undefined : invocation(new LambdaClient(quick), name, wakeEvent);
}
