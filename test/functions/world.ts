import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { DynamoDBDocumentClient, PutCommand, QueryCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { startDynamoDb } from '../../forwarder/local/servers/dynamodb.ts';
import { startS3 } from '../../forwarder/local/servers/s3.ts';
import { definitionItem } from '../../schema/src/records/records.ts';
import { packagedFolder } from '../packaged.ts';
import { type SesStub, startSesStub } from './ses.ts';
import { createTables } from './tables.ts';

export type FunctionName =
  | 'spam'
  | 'process'
  | 'triggerBuild'
  | 'buildForwards'
  | 'updateBounceCount'
  | 'bounceOrComplaint'
  | 'retryDeliveries';

export interface World {
  readonly documents: DynamoDBDocumentClient;
  readonly s3: S3Client;
  readonly ses: SesStub;
  /** Names of the tables, by setting. */
  readonly tables: Readonly<Record<string, string>>;
  /** Calls a built function. */
  call(name: FunctionName, event: unknown): Promise<unknown>;
  /** Stores a mail as SES does. */
  store(messageId: string, mail: Buffer): Promise<void>;
  /** Stores a mail and announces it to `process`. */
  mail(messageId: string, options: MailOptions): Promise<unknown>;
  /** Writes the definition of an alias of example.com. */
  define(alias: string, destinations: readonly string[], active?: boolean): Promise<void>;
  put(setting: string, item: Record<string, unknown>): Promise<void>;
  /** All that a table has. */
  items(setting: string): Promise<Record<string, unknown>[]>;
  /** What the ledger says of a mail, by destination. */
  rows(messageId: string): Promise<Record<string, unknown>[]>;
  stop(): Promise<void>;
}

export const bucket = 'mails';

/** The body of a mail, in bytes that no charset has. */
export const body = Buffer.from([0xff, 0x00, 0x0a, 0x80, 0x0d, 0x41]);
const header = 'From: Ann <ann@sender.example>\r\nTo: board@example.net\r\nSubject: Hi\r\n\r\n';

/** Servers with empty tables and an empty bucket, and the built functions with an environment that leads to them. */
export async function startWorld(): Promise<World> {
  const [dynamoDb, s3Server, ses] = await Promise.all([startDynamoDb(), startS3(), startSesStub()]);
  const { credentials } = s3Server;
  const client = new DynamoDBClient({ endpoint: dynamoDb.endpoint, region: 'eu-west-1', credentials });
  const s3 = new S3Client({ endpoint: s3Server.endpoint, region: 'eu-west-1', credentials });
  const tables = await createTables(client);
  await s3.send(new CreateBucketCommand({ Bucket: bucket }));
  Object.assign(process.env, tables, {
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    AWS_ENDPOINT_URL_DYNAMODB: dynamoDb.endpoint,
    AWS_ENDPOINT_URL_S3: s3Server.endpoint,
    AWS_ENDPOINT_URL_SES: ses.endpoint,
    AWS_ENDPOINT_URL_SESV2: ses.endpoint,
    MESSAGE_BUCKET: bucket,
    BOUNCE_SENDER: 'mailer-daemon@example.com',
    BUILD_FORWARDS_FUNCTION: 'build',
  });
  const documents = DynamoDBDocumentClient.from(client);
  const call = async (name: FunctionName, event: unknown): Promise<unknown> => {
    const file = join(packagedFolder, 'dist', name, 'index.mjs');
    const { handler } = await import(pathToFileURL(file).href);
    return handler(event, { getRemainingTimeInMillis: () => 900_000 });
  };
  const store = async (messageId: string, mail: Buffer) => {
    await s3.send(new PutObjectCommand({ Bucket: bucket, Key: messageId, Body: mail }));
  };
  const put = async (setting: string, item: Record<string, unknown>) => {
    await documents.send(new PutCommand({ TableName: tables[setting], Item: item }));
  };
  return {
    documents,
    s3,
    ses,
    tables,
    call,
    store,
    put,
    async mail(messageId, options) {
      await store(messageId, Buffer.concat([Buffer.from(header), body]));
      return call('process', mailEvent(messageId, options));
    },
    define: (alias, destinations, active = true) =>
      put(
        'DEFINITIONS_TABLE',
        definitionItem({ domain: 'example.com', alias, destinations, type: 'person', active }),
      ),
    async items(setting) {
      return (await documents.send(new ScanCommand({ TableName: tables[setting] }))).Items ?? [];
    },
    async rows(messageId) {
      const { Items = [] } = await documents.send(
        new QueryCommand({
          TableName: tables.DELIVERIES_TABLE,
          KeyConditionExpression: 'messageId = :id',
          ExpressionAttributeValues: { ':id': messageId },
        }),
      );
      return Items;
    },
    async stop() {
      client.destroy();
      s3.destroy();
      await Promise.all([dynamoDb.stop(), s3Server.stop(), ses.stop()]);
    },
  };
}

/** What SNS calls with when SES reports a bounce of what it took under an id; `mail` as far as a test needs it. */
export function bounceEvent(
  sesMessageId: string,
  bounce: Readonly<Record<string, unknown>>,
  mail: Readonly<Record<string, unknown>> = {},
): unknown {
  return feedbackEvent(
    { notificationType: 'Bounce', bounce: { ...report(), ...bounce } },
    sesMessageId,
    mail,
  );
}

/** The same for a complaint. */
export function complaintEvent(sesMessageId: string, emailAddress: string): unknown {
  const complaint = {
    ...report(),
    complainedRecipients: [{ emailAddress }],
    complaintFeedbackType: 'abuse',
  };
  return feedbackEvent({ notificationType: 'Complaint', complaint }, sesMessageId);
}

function report() {
  return { feedbackId: randomUUID(), timestamp: new Date().toISOString() };
}

function feedbackEvent(message: object, messageId: string, given: object = {}): unknown {
  const mail = { messageId, timestamp: new Date().toISOString(), ...given };
  return { Records: [{ Sns: { Message: JSON.stringify({ ...message, mail }) } }] };
}

export interface MailOptions {
  readonly recipients: readonly string[];
  readonly source?: string;
  readonly at?: Date;
  readonly verdicts?: Readonly<Record<string, string>>;
  readonly headers?: readonly { readonly name: string; readonly value: string }[];
}

/** The event of a Lambda action; every verdict is PASS unless it is given. */
export function mailEvent(messageId: string, options: MailOptions): unknown {
  const { recipients, source = 'ann@sender.example', at = new Date(), verdicts = {}, headers = [] } = options;
  const status = (name: string) => ({ status: verdicts[name] ?? 'PASS' });
  return {
    Records: [
      {
        eventSource: 'aws:ses',
        eventVersion: '1.0',
        ses: {
          mail: {
            timestamp: at.toISOString(),
            source,
            messageId,
            destination: recipients,
            headersTruncated: false,
            headers,
            commonHeaders: {},
          },
          receipt: {
            timestamp: at.toISOString(),
            processingTimeMillis: 1,
            recipients,
            spamVerdict: status('spam'),
            virusVerdict: status('virus'),
            spfVerdict: status('spf'),
            dkimVerdict: status('dkim'),
            dmarcVerdict: status('dmarc'),
            ...(verdicts.policy === undefined ? {} : { dmarcPolicy: verdicts.policy }),
            action: { type: 'Lambda', functionArn: 'arn', invocationType: 'RequestResponse' },
          },
        },
      },
    ],
  };
}
