import { readFile } from 'node:fs/promises';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { createBuckets } from './buckets.ts';
import { startDynamoDb } from './dynamodb.ts';
import { type FaultProxy, startFaultProxy } from './faultProxy.ts';
import { startHttpServer } from './httpServer.ts';
import { answerLambda } from './lambda/endpoint.ts';
import { functionsOf } from './lambda/functions.ts';
import { type Lambda, startLambda } from './lambda/lambda.ts';
import { variablesOf } from './lambda/variables.ts';
import { managedDomains } from './managedDomains.ts';
import { type Outbox, openOutbox } from './outbox.ts';
import { openDoor } from './receive/door.ts';
import { startIntake } from './receive/intake.ts';
import type { OnFunctionError, Receipt } from './receive/receipt.ts';
import { matched, ruleSetOf } from './receive/rules.ts';
import { startS3 } from './s3.ts';
import { type Schedules, startSchedules } from './schedules.ts';
import type { Notification } from './ses/notification.ts';
import { answerSesV1 } from './ses/queryApi.ts';
import { answerSesV2 } from './ses/restApi.ts';
import { type Ses, startSes } from './ses/ses.ts';
import { type Sns, startSns } from './sns.ts';
import { mappingsOf } from './streams/mappings.ts';
import { followStreams } from './streams/streams.ts';
import { createTables } from './tables.ts';
import { readStack } from './template/stack.ts';

export interface SystemOptions {
  /** The packaged CloudFormation template. */
  readonly template: string;
  /** The folder that the template's handler paths start from. */
  readonly root: string;
  /** The folder for mail that leaves. */
  readonly outbox: string;
  readonly smtpPort: number;
  /** What SES does when a function fails, which AWS does not say; `retry` if left out. */
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
  /** What stands between the functions and their servers. */
  readonly faults: { readonly dynamodb: FaultProxy; readonly s3: FaultProxy };
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

  const { names, senders } = variablesOf(functions);
  const outbox = await openOutbox(options.outbox);
  const managed = managedDomains(dynamodb, names.DOMAINS_TABLE ?? '', senders);
  const ses = startSes({
    region,
    account,
    outbox,
    isManaged: (address) => managed.holds(address),
    notify: (notification, topic) => notify(sns, notification, topic),
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
  const [dynamodbFaults, s3Faults] = await Promise.all([
    startFaultProxy(dynamodbServer.endpoint),
    startFaultProxy(s3Server.endpoint),
  ]);
  const lambda = startLambda(functions, {
    settings: {
      ...environment,
      AWS_ENDPOINT_URL_DYNAMODB: dynamodbFaults.endpoint,
      AWS_ENDPOINT_URL_S3: s3Faults.endpoint,
    },
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

  const ruleSet = ruleSetOf(stack);
  ses.ruleSets.create(ruleSet.name, ruleSet.rules);
  ses.ruleSets.activate(ruleSet.name);
  const receipt: Receipt = {
    rules: () => ses.ruleSets.rules(ses.ruleSets.active() ?? '') ?? [],
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
  const intake = startIntake(receipt, ses.received, stack.place, (line) => options.log('ses', line));
  const door = await openDoor({
    port: options.smtpPort,
    takes: async (recipient) =>
      receipt.rules().some((rule) => matched(rule, [recipient]).length > 0) && ses.isVerified(recipient),
    accept: intake.take,
  });

  const idle = async () => {
    await intake.idle();
    await lambda.idle();
  };
  return {
    smtpPort: door.port,
    environment: { ...environment, ...names },
    outbox,
    ses,
    lambda,
    schedules,
    dynamodb,
    s3,
    faults: { dynamodb: dynamodbFaults, s3: s3Faults },
    idle,
    stop: async () => {
      await door.stop();
      schedules.stop();
      await idle();
      await streams.stop();
      await lambda.stop();
      await Promise.all([
        api.stop(),
        dynamodbFaults.stop(),
        s3Faults.stop(),
        dynamodbServer.stop(),
        s3Server.stop(),
      ]);
    },
  };
}

/**
 * Publishes to the identity's topic. An identity without one has those of the stack for this kind of notification, found
 * by their names, as setting up would attach them.
 */
function notify(sns: Sns, { kind, message }: Notification, topic: string | undefined): void {
  const topics = topic === undefined ? sns.topics.filter((arn) => arn.includes(kind)) : [topic];
  for (const each of topics) sns.publish(each, message, 'Amazon SES Email Event Notification');
}
