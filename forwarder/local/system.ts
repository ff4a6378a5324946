import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { type CloudWatch, startCloudWatch } from './cloudWatch.ts';
import { resourcePolicies, startEndpoints } from './endpoints.ts';
import { functionsOf, variablesOf } from './lambda/functions.ts';
import { type Lambda, startLambda } from './lambda/lambda.ts';
import { type EventSources, eventSources } from './lambda/lambdaApi.ts';
import { openDoor, startIntake } from './receive/door.ts';
import { matched, type OnFunctionError, type Receipt, ruleSetOf } from './receive/receipt.ts';
import { type Schedules, startSchedules } from './schedules.ts';
import { type Outbox, openOutbox } from './servers/outbox.ts';
import { type Running, startTogether } from './servers/running.ts';
import { type Servers, startServers } from './servers/stores.ts';
import { managedDomains } from './ses/identities.ts';
import type { Notification } from './ses/mailFate.ts';
import { type Ses, startSes } from './ses/ses.ts';
import { type Sns, startSns } from './sns.ts';
import { mappingsOf } from './streams/mappings.ts';
import { followStreams } from './streams/streams.ts';
import { readStack, type Stack } from './template/stack.ts';

export interface SystemOptions {
  /** The packaged forwarder: the folder that the template's handler paths start from. */
  readonly root: string;
  /** The CloudFormation template; the one that was packaged in `root` if left out. */
  readonly template?: string;
  /** The folder for mail that leaves. */
  readonly outbox: string;
  readonly smtpPort: number;
  /** What SES does when a function fails, which AWS does not say; `retry` if left out. */
  readonly onFunctionError?: OnFunctionError;
  /** What the functions and the emulators have to say. */
  readonly log: (source: string, line: string) => void;
}

/** The whole system, running on one machine. */
export interface LocalSystem extends Pick<Servers, 'dynamodb' | 's3' | 'faults'> {
  readonly smtpPort: number;
  /** For programs that work on this system: endpoints, keys, region and the names of tables and bucket. */
  readonly environment: Readonly<Record<string, string>>;
  readonly outbox: Outbox;
  readonly ses: Ses;
  readonly lambda: Lambda;
  readonly schedules: Schedules;
  /** The resource policies of buckets and functions, as JSON by ARN. */
  readonly policies: Map<string, string>;
  readonly eventSources: EventSources;
  readonly sns: Sns;
  readonly cloudWatch: CloudWatch;
  /** The accounts of buckets that belong to another one, by name. */
  readonly bucketOwners: Map<string, string>;
  /** Resolves when every accepted mail has been through the rules and no function is running. */
  idle(): Promise<void>;
  stop(): Promise<void>;
}

/** Where osls writes the template of a packaged forwarder. */
export function packagedIn(root: string): string {
  return join(root, '.serverless/cloudformation-template-update-stack.json');
}

const place = { region: 'eu-west-1', account: '123456789012', stackName: 'local' };

/** Starts the servers, makes what the template describes, and opens the door; all of it, or none. */
export function startSystem(options: SystemOptions): Promise<LocalSystem> {
  return startTogether((running) => start(options, running));
}

async function start(options: SystemOptions, running: Running): Promise<LocalSystem> {
  const { root, template = packagedIn(root) } = options;
  const stack = readStack(JSON.parse(await readFile(template, 'utf8')), place);
  const functions = functionsOf(stack, root);
  const { names, senders } = variablesOf(functions);
  const policies = resourcePolicies(stack);
  const sources = eventSources();
  const mappings = mappingsOf(stack);
  for (const { table, functionName } of mappings) sources.add(table, functionName);
  const cloudWatch = startCloudWatch();
  const bucketOwners = new Map<string, string>();
  const servers = running.add(await startServers(stack, policies, bucketOwners));
  const outbox = await openOutbox(options.outbox);
  const managed = managedDomains(servers.dynamodb, names.DOMAINS_TABLE ?? '', senders);
  const ses = startSes({
    ...place,
    outbox,
    isManaged: (address) => managed.holds(address),
    notify: (notification, topic) => notify(sns, notification, topic),
  });
  const api = running.add(
    await startEndpoints({ place, lambda: () => lambda, ses, policies, sources, cloudWatch, sns: () => sns }),
  );
  const environment = {
    ...servers.environment,
    AWS_ENDPOINT_URL_SES: api.endpoint,
    AWS_ENDPOINT_URL_SESV2: api.endpoint,
    AWS_ENDPOINT_URL_LAMBDA: api.endpoint,
    AWS_ENDPOINT_URL_STS: `${api.endpoint}/sts`,
    AWS_ENDPOINT_URL_SNS: `${api.endpoint}/sns`,
    AWS_ENDPOINT_URL_CLOUDWATCH: `${api.endpoint}/monitoring`,
  };
  const lambda: Lambda = running.add(
    startLambda(functions, {
      settings: {
        ...environment,
        AWS_ENDPOINT_URL_DYNAMODB: servers.faults.dynamodb.endpoint,
        AWS_ENDPOINT_URL_S3: servers.faults.s3.endpoint,
      },
      retryDelaysMs: [1_000, 2_000],
      log: (name, line) => {
        cloudWatch.take(line);
        options.log(name, line);
      },
    }),
  );
  const sns = startSns(stack, lambda);
  running.add(
    await followStreams(mappings, {
      client: servers.streams,
      lambda,
      place,
      retryDelayMs: 500,
      onFailure: ({ functionName }, records) =>
        options.log('streams', `gave up ${records.length} records for ${functionName}`),
    }),
  );
  const putObject = async (bucket: string, key: string, body: Buffer) => {
    await servers.s3.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body }));
  };
  await activateRules(stack, ses, putObject);
  const receipt: Receipt = {
    rules: () => ses.ruleSets.rules(ses.ruleSets.active() ?? '') ?? [],
    lambda,
    putObject,
    bounce: async (request) => {
      await ses.bounce(request);
    },
    onFunctionError: options.onFunctionError ?? 'retry',
    retryDelaysMs: [1_000, 2_000, 4_000],
    expired: (messageId) => options.log('ses', `gave up ${messageId}`),
  };
  const intake = startIntake(receipt, ses.received, place, (line) => options.log('ses', line));
  const idle = async () => {
    await intake.idle();
    await lambda.idle();
  };
  // What came in goes out before the functions stop.
  running.add({ stop: idle });
  const schedules = running.add(startSchedules(stack, lambda));
  const door = running.add(
    await openDoor({
      port: options.smtpPort,
      takes: async (recipient) =>
        receipt.rules().some((rule) => matched(rule, [recipient]).length > 0) && ses.isVerified(recipient),
      accept: intake.take,
    }),
  );
  return {
    smtpPort: door.port,
    environment: { ...environment, ...names },
    outbox,
    ses,
    lambda,
    schedules,
    policies,
    eventSources: sources,
    sns,
    cloudWatch,
    bucketOwners,
    dynamodb: servers.dynamodb,
    s3: servers.s3,
    faults: servers.faults,
    idle,
    stop: running.stop,
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

/** Makes the stack's rules. SES tries each bucket of theirs, and leaves behind what it wrote. */
async function activateRules(stack: Stack, ses: Ses, putObject: Receipt['putObject']): Promise<void> {
  const { name, rules } = ruleSetOf(stack);
  for (const { S3Action } of rules.flatMap(({ Actions = [] }) => Actions)) {
    if (S3Action === undefined) continue;
    const { BucketName, ObjectKeyPrefix = '' } = S3Action;
    await putObject(
      BucketName,
      `${ObjectKeyPrefix}AMAZON_SES_SETUP_NOTIFICATION`,
      Buffer.from('Subject: Amazon SES\r\n\r\n'),
    );
  }
  ses.ruleSets.create(name, rules);
  ses.ruleSets.activate(name);
}
