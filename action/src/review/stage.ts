import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { UsageError } from '../../../schema/src/commandLine/options.ts';
import { type TableNames, tableNames } from './tableNames.ts';

export interface BounceLimits {
  /** More rows than this block a mailbox. */
  readonly bounces: number;
  /** So many passing bounces count. */
  readonly softBounces: number;
}

/** What the action takes from a stage's settings, `forwarder/stages/STAGE.yml`. */
export interface Stage {
  readonly tables: TableNames;
  readonly region: string | undefined;
  readonly limits: BounceLimits;
  /** Local parts that no alias can have. */
  readonly reserved: readonly string[];
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Reads a stage's settings; a repository without the forwarder has none, and the defaults hold. */
export async function readStage(name: string, root: string, environment: Environment): Promise<Stage> {
  if (!/^[a-z0-9-]+$/.test(name)) throw new UsageError(`\`${name}\` cannot be the name of a stage.`);
  const settings = await readSettings(join(root, 'forwarder', 'stages', `${name}.yml`));
  const sender = environment.SENDER_LOCAL_PART || (textOf(settings.senderLocalPart) ?? 'forwarder-daemon');
  return {
    tables: tableNames(environment, `aliasops-${name}`, namedTables(settings.names)),
    region: environment.AWS_REGION || environment.AWS_DEFAULT_REGION || textOf(settings.region),
    limits: readLimits(settings.limits),
    reserved: [sender.toLowerCase(), 'mailer-daemon'],
  };
}

async function readSettings(path: string): Promise<Record<string, unknown>> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return {};
    throw error;
  }
  const settings: unknown = parse(text);
  return isMap(settings) ? settings : {};
}

function namedTables(value: unknown): Partial<TableNames> {
  if (!isMap(value)) return {};
  const { definitions, domains, bounces } = value;
  return Object.fromEntries(
    Object.entries({ definitions, domains, bounces }).filter(([, name]) => typeof name === 'string'),
  );
}

function readLimits(value: unknown): BounceLimits {
  const { bounces, softBounces } = isMap(value) ? value : {};
  return {
    bounces: typeof bounces === 'number' ? bounces : 0,
    softBounces: typeof softBounces === 'number' ? softBounces : 3,
  };
}

function isMap(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
