import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { S3Client } from '@aws-sdk/client-s3';
import { SESClient } from '@aws-sdk/client-ses';
import { SESv2Client } from '@aws-sdk/client-sesv2';
import { SNSClient } from '@aws-sdk/client-sns';
import { STSClient } from '@aws-sdk/client-sts';
import { check } from '../../../schema/src/check.ts';
import type { Streams } from '../../../schema/src/commandLine/command.ts';
import { UsageError } from '../../../schema/src/commandLine/options.ts';
import type { Screen } from '../../../schema/src/commandLine/screen.ts';
import { namesOf, type StackNames } from '../../../schema/src/stage/stage.ts';
import { readAliasFiles } from './aliasFolder.ts';
import { type Cures, curesOf } from './cures.ts';
import { dnsResolver } from './dnsResolver.ts';
import type { Facts } from './findings.ts';
import { observe, type Places } from './observe.ts';
import { readStageFile } from './stageFile.ts';

/** What a command needs of the terminal. */
export interface Shell extends Streams, Pick<Screen, 'ask'> {
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** What a command of the set-up is told by whoever runs it. */
export interface AccountOptions {
  readonly stage: string;
  /** The folder of alias files. */
  readonly dir: string;
  /** `address:port`; the system's servers without it. */
  readonly dnsServer?: string | undefined;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

export interface Account {
  readonly places: Places;
  readonly names: StackNames;
  readonly cures: Cures;
  observe(): Promise<Facts>;
}

/** Opens the account of a stage. Throws an error that lists what is wrong with the stage's settings. */
export async function openAccount(options: AccountOptions): Promise<Account> {
  const { settings, faults } = readStageFile(options.stage);
  if (settings === undefined) throw new UsageError(faults.join('\n'));
  const names = namesOf(options.stage, settings, options.environment);
  const domains = await domainsIn(options.dir);
  const { region } = settings;
  const places = { ...clientsIn(region), dns: dnsResolver(options.dnsServer) };
  const cures = curesOf(options.stage, options.environment);
  return { places, names, cures, observe: () => observe(places, settings, names, domains, cures) };
}

/** The domains that a folder of alias files manages, alias domains included, sorted. Files in error are left out. */
async function domainsIn(folder: string): Promise<string[]> {
  const files = await readAliasFiles(folder);
  const today = new Date().toISOString().slice(0, 10);
  const { directory } = check(files, { today, reserved: [], folder });
  return [...directory.domains].sort();
}

/** AWS's services that doctor and setup ask. */
export function clientsIn(region: string) {
  return {
    ses: new SESClient({ region }),
    sesv2: new SESv2Client({ region }),
    sts: new STSClient({ region }),
    dynamodb: new DynamoDBClient({ region }),
    s3: new S3Client({ region }),
    lambda: new LambdaClient({ region }),
    sns: new SNSClient({ region }),
    cloudWatch: new CloudWatchClient({ region }),
  };
}
