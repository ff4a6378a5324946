import { DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SESv2Client } from '@aws-sdk/client-sesv2';
import { UsageError } from '../../../schema/src/commandLine/options.ts';
import { milliseconds } from '../../../schema/src/text/time.ts';
import type { Settings } from '../account/settings.ts';
import { readStage } from '../account/stageFile.ts';
import { suppressionList } from '../aws/emailService.ts';
import { mailPath } from '../functions/mailPath.ts';
import type { Terminal } from './terminal.ts';

/** There is time for the largest mail. */
const sendTimeout = milliseconds(60_000);

/** What the functions of the stage have, for a command; and a telemetry that speaks to the terminal. */
export async function openStage(stage: string | undefined, terminal: Terminal) {
  const environment = await stageEnvironment(
    stage ?? (terminal.environment.STAGE || 'production'),
    terminal.environment,
  );
  // The clients take the region from the process, as they do in a function.
  process.env.AWS_REGION = environment.AWS_REGION;
  const { ports, options: settings } = mailPath(environment, sendTimeout);
  const say = (message: string, fields: object) => terminal.note(`${message} ${JSON.stringify(fields)}\n`);
  const telemetry = { count: () => {}, gauge: () => {}, latency: () => {}, say, alarm: say };
  return { ports: { ...ports, telemetry }, settings, suppression: suppressionList(new SESv2Client({})) };
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The environment that the functions of a stage have, from its settings; what is set in the terminal's wins. The bucket's
 * name holds the account, which a table knows.
 */
export async function stageEnvironment(stage: string, environment: Environment): Promise<Environment> {
  const { settings, faults } = readStage(stage);
  if (settings === undefined) throw new UsageError(faults.join('\n'));
  const derived = { AWS_REGION: settings.region, ...tableNames(stage, settings), ...others(settings) };
  const merged: Record<string, string | undefined> = { ...derived, ...environment };
  merged.AWS_REGION = environment.AWS_REGION || environment.AWS_DEFAULT_REGION || settings.region;
  merged.MESSAGE_BUCKET ||= settings.names?.bucket ?? (await bucketName(stage, merged));
  return merged;
}

function tableNames(stage: string, { names = {} }: Settings): Record<string, string> {
  const tables = ['definitions', 'domains', 'aliases', 'bounces', 'deliveries'] as const;
  return Object.fromEntries(
    tables.map((table) => [`${table.toUpperCase()}_TABLE`, names[table] ?? `aliasops-${stage}-${table}`]),
  );
}

function others({
  senderLocalPart,
  bounceSender,
  limits,
  configurationSet,
}: Settings): Record<string, string> {
  return {
    SENDER_LOCAL_PART: senderLocalPart,
    BOUNCE_SENDER: bounceSender,
    BOUNCE_LIMIT: String(limits.bounces),
    SOFT_BOUNCE_LIMIT: String(limits.softBounces),
    BOUNCE_RATE_LIMIT: String(limits.bounceRate),
    ...(configurationSet === undefined ? {} : { CONFIGURATION_SET: configurationSet }),
  };
}

async function bucketName(stage: string, environment: Environment): Promise<string> {
  const client = new DynamoDBClient({ region: environment.AWS_REGION ?? '' });
  const { Table } = await client.send(new DescribeTableCommand({ TableName: environment.DELIVERIES_TABLE }));
  return `aliasops-${stage}-mail-${Table?.TableArn?.split(':')[4] ?? ''}`;
}
