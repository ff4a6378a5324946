import { DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SESv2Client } from '@aws-sdk/client-sesv2';
import { UsageError } from '../../../schema/src/commandLine/options.ts';
import {
  bucketOf,
  functionVariables,
  namesOf,
  needsAccount,
  regionOf,
  stageName,
} from '../../../schema/src/stage/stage.ts';
import { milliseconds } from '../../../schema/src/text/time.ts';
import { readStageFile } from '../account/stageFile.ts';
import { aliasesTable, definitionsTable, domainsTable } from '../aws/buildTables.ts';
import { documents } from '../aws/documents.ts';
import { suppressionList } from '../aws/emailService.ts';
import { mailPath } from '../functions/mailPath.ts';
import type { Terminal } from './terminal.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** There is time for the largest mail. */
const sendTimeout = milliseconds(60_000);

/** What the functions of the stage have, for a command; and a telemetry that speaks to the terminal. */
export async function openStage(stage: string | undefined, terminal: Terminal) {
  const environment = await stageEnvironment(stageName(stage, terminal.environment), terminal.environment);
  // The clients take the region from the process, as they do in a function.
  process.env.AWS_REGION = environment.AWS_REGION;
  const { ports, options: settings } = mailPath(environment, sendTimeout);
  const say = (message: string, fields: object) => terminal.note(`${message} ${JSON.stringify(fields)}\n`);
  const telemetry = { count: () => {}, gauge: () => {}, latency: () => {}, say, alarm: say };
  const client = documents(new DynamoDBClient({}));
  return {
    ports: { ...ports, telemetry },
    settings,
    suppression: suppressionList(new SESv2Client({})),
    aliases: aliasesTable(client, environment.ALIASES_TABLE ?? ''),
    /** What builds read. */
    sources: {
      definitions: definitionsTable(client, environment.DEFINITIONS_TABLE ?? ''),
      domains: domainsTable(client, environment.DOMAINS_TABLE ?? ''),
      aliasesOf: (table: string) => aliasesTable(client, table),
    },
  };
}

/** The environment that the functions of a stage have. The bucket's name may hold the account, which a table knows. */
async function stageEnvironment(stage: string, environment: Environment): Promise<Environment> {
  const { settings, faults } = readStageFile(stage);
  if (settings === undefined) throw new UsageError(faults.join('\n'));
  const region = regionOf(environment, settings);
  const names = namesOf(stage, settings, environment);
  const bucket = needsAccount(names)
    ? bucketOf(names, await accountOf(names.deliveries, region))
    : names.bucket;
  const variables = functionVariables(settings, { ...names, bucket }, environment);
  return { ...environment, ...variables, AWS_REGION: region };
}

async function accountOf(table: string, region: string | undefined): Promise<string> {
  const client = new DynamoDBClient({ region: region ?? '' });
  const { Table } = await client.send(new DescribeTableCommand({ TableName: table }));
  return Table?.TableArn?.split(':')[4] ?? '';
}
