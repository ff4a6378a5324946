import { readFile } from 'node:fs/promises';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams';
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { startDynamoDb } from './dynamodb.ts';
import { startHttpServer } from './httpServer.ts';
import { managedIdentities } from './identities.ts';
import { answerLambda } from './lambda/endpoint.ts';
import { functionsOf, type LambdaFunction } from './lambda/functions.ts';
import { type Lambda, startLambda } from './lambda/lambda.ts';
import { type Outbox, openOutbox } from './outbox.ts';
import { openDoor } from './receive/door.ts';
import { accept, type Handover } from './receive/inboundMail.ts';
import { type OnFunctionError, type Receipt, walkRules } from './receive/receipt.ts';
import { matched, rulesOf } from './receive/rules.ts';
import { startS3 } from './s3.ts';
import { type Schedules, startSchedules } from './schedules.ts';
import { headerBlock } from './ses/headerBlock.ts';
import type { Notification } from './ses/notification.ts';
import { answerSesV1 } from './ses/queryApi.ts';
import { answerSesV2 } from './ses/restApi.ts';
import { type Ses, startSes } from './ses/ses.ts';
import { type Sns, startSns } from './sns.ts';
import { mappingsOf } from './streams/mappings.ts';
import { followStreams } from './streams/streams.ts';
import { createTables } from './tables.ts';
import { readStack, type Stack } from './template/stack.ts';

export interface SystemOptions {
  /** The packaged CloudFormation template. */
  readonly template: string;
  /** The folder that the template's handler paths start from. */
  readonly root: string;
  /** The folder for mail that leaves. */
  readonly outbox: string;
  readonly smtpPort: number;
  readonly onFunctionError?: OnFunctionError;
  /** What the functions and the emulators have to say. */
  readonly log: (source: string, line: string) => void;
}

/** The whole system, running on one machine. */
export interface LocalSystem {
  readonly smtpPort: number;
  /** For programs that work on this system: endpoints, keys, region and the names of the tables. */
  readonly environment: Readonly<Record<string, string>>;
  readonly outbox: Outbox;
  readonly ses: Ses;
  readonly lambda: Lambda;
  readonly schedules: Schedules;
  readonly dynamodb: DynamoDBClient;
  readonly s3: S3Client;
  /** Resolves when every accepted mail has been through the rules and no function is running. */
  idle(): Promise<void>;
  stop(): Promise<void>;
}

const region = 'eu-west-1';
const account = '123456789012';

/** Starts the servers, makes what the template describes, and opens the door. */
export async function startSystem(options: SystemOptions): Promise<LocalSystem> {
  const stack = readStack(JSON.parse(await readFile(options.template, 'utf8')), {
    region,
    account,
    stackName: 'local',
  });
  const functions = functionsOf(stack, options.root);
  const [dynamodbServer, s3Server] = await Promise.all([startDynamoDb(), startS3()]);
  const { credentials } = s3Server;
  const dynamodb = new DynamoDBClient({ endpoint: dynamodbServer.endpoint, region, credentials });
  const s3 = new S3Client({ endpoint: s3Server.endpoint, region, credentials });
  await Promise.all([createTables(dynamodb, stack), createBuckets(s3, stack)]);

  const tables = tableNames(functions);
  const outbox = await openOutbox(options.outbox);
  const identities = managedIdentities(dynamodb, tables.DOMAINS_TABLE ?? '', senders(functions));
  const ses = startSes({
    region,
    account,
    outbox,
    isVerified: (address) => identities.isVerified(address),
    notify: (_source, notification) => notify(sns, notification),
  });
  const api = await startHttpServer((request) => {
    if (request.path.startsWith('/2015-03-31/functions/')) return answerLambda(lambda, request);
    return request.path.startsWith('/v2/email/') ? answerSesV2(ses, request) : answerSesV1(ses, request);
  });
  const environment = {
    AWS_REGION: region,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    AWS_ENDPOINT_URL_DYNAMODB: dynamodbServer.endpoint,
    AWS_ENDPOINT_URL_S3: s3Server.endpoint,
    AWS_ENDPOINT_URL_SES: api.endpoint,
    AWS_ENDPOINT_URL_SESV2: api.endpoint,
    AWS_ENDPOINT_URL_LAMBDA: api.endpoint,
  };
  const lambda = startLambda(functions, {
    settings: environment,
    retryDelaysMs: [1_000, 2_000],
    log: options.log,
  });
  const sns = startSns(stack, lambda);
  const streams = await followStreams(mappingsOf(stack), {
    client: new DynamoDBStreamsClient({ endpoint: dynamodbServer.endpoint, region, credentials }),
    lambda,
    place: stack.place,
    retryDelayMs: 500,
    onFailure: ({ functionName }, records) =>
      options.log('streams', `gave up ${records.length} records for ${functionName}`),
  });
  const schedules = startSchedules(stack, lambda);

  const receipt: Receipt = {
    rules: rulesOf(stack),
    lambda,
    putObject: async (bucket, key, body) => {
      await s3.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body }));
    },
    bounce: async (request) => {
      await ses.bounce(request);
    },
    onFunctionError: options.onFunctionError ?? 'retry',
    retryDelaysMs: [1_000, 2_000, 4_000],
    expired: (messageId) => options.log('ses', `gave up ${messageId}`),
  };
  const walking = new Set<Promise<void>>();
  const take = (handover: Handover) => {
    const mail = accept(handover, stack.place);
    const { messageId, source, receivedAt, raw } = mail;
    ses.received.add({ messageId, source, receivedAt, header: raw.subarray(0, headerBlock(raw).bodyStart) });
    const walk = walkRules(receipt, mail)
      .catch((error: unknown) => options.log('ses', `${messageId}: ${String(error)}`))
      .finally(() => walking.delete(walk));
    walking.add(walk);
  };
  const door = await openDoor({
    port: options.smtpPort,
    takes: async (recipient) =>
      receipt.rules.some((rule) => matched(rule, [recipient]).length > 0) && identities.isVerified(recipient),
    accept: take,
  });

  const idle = async () => {
    while (walking.size > 0) await Promise.all(walking);
    await lambda.idle();
  };
  return {
    smtpPort: door.port,
    environment: { ...environment, ...tables, MESSAGE_BUCKET: bucketName(functions) },
    outbox,
    ses,
    lambda,
    schedules,
    dynamodb,
    s3,
    idle,
    stop: async () => {
      await door.stop();
      schedules.stop();
      await idle();
      await streams.stop();
      await lambda.stop();
      await Promise.all([api.stop(), dynamodbServer.stop(), s3Server.stop()]);
    },
  };
}

async function createBuckets(client: S3Client, stack: Stack): Promise<void> {
  // The provider's own bucket, for the bundles, has no mail and no name of its own.
  const buckets = stack
    .ofType<{ readonly BucketName?: string }>('AWS::S3::Bucket')
    .filter(({ properties }) => properties.BucketName !== undefined);
  await Promise.all(buckets.map(({ name }) => client.send(new CreateBucketCommand({ Bucket: name }))));
}

/** The tables by the names of the variables in which the functions get them. */
function tableNames(functions: readonly LambdaFunction[]): Readonly<Record<string, string>> {
  const variables = functions.flatMap((each) => Object.entries(each.environment));
  return Object.fromEntries(variables.filter(([name]) => name.endsWith('_TABLE')));
}

function bucketName(functions: readonly LambdaFunction[]): string {
  return functions.map((each) => each.environment.MESSAGE_BUCKET).find((name) => name !== undefined) ?? '';
}

/** The bounce senders of the stage. */
function senders(functions: readonly LambdaFunction[]): readonly string[] {
  return functions.flatMap(({ environment }) => environment.BOUNCE_SENDER ?? []);
}

/** The topics that setting up attaches to each identity: found by the kind of notification in their names. */
function notify(sns: Sns, { kind, message }: Notification): void {
  const topics = sns.topics.filter((arn) => arn.includes(kind));
  for (const topic of topics) sns.publish(topic, message, 'Amazon SES Email Event Notification');
}
