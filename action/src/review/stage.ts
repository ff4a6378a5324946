import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { UsageError } from '../../../schema/src/commandLine/options.ts';
import type { Moment } from '../../../schema/src/directory/resolve.ts';
import { badStageName, noSuchStage, readStage } from '../../../schema/src/stage/readStage.ts';
import {
  type BounceLimits,
  defaults,
  isStageName,
  namesOf,
  regionOf,
  reservedNames,
  type StackNames,
  type StageSettings,
  senderOf,
  stagePath,
} from '../../../schema/src/stage/stage.ts';

/** What the action takes from a stage's settings. */
export interface Stage {
  readonly tables: Pick<StackNames, 'definitions' | 'domains' | 'bounces'>;
  readonly region: string | undefined;
  readonly limits: BounceLimits;
  /** Local parts that no alias can have. */
  readonly reserved: readonly string[];
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Where a stage's settings are, and the day to judge by. */
export interface Setting {
  readonly stage: string;
  /** The folder of the repository. */
  readonly root: string;
  readonly environment: Environment;
  /** `YYYY-MM-DD`; undefined is the day of `now`. */
  readonly today?: string | undefined;
  readonly now: Date;
}

/** Reads a stage's settings, and the moment as of which files are checked and plans are judged. */
export async function readMoment({
  stage: name,
  root,
  environment,
  today,
  now,
}: Setting): Promise<{ readonly stage: Stage; readonly moment: Moment }> {
  const day = readToday(today, now);
  const stage = stageOf(name, await readSettings(name, root), environment);
  return { stage, moment: { today: day, reserved: stage.reserved } };
}

function stageOf(name: string, settings: StageSettings | undefined, environment: Environment): Stage {
  return {
    tables: namesOf(name, settings ?? {}, environment),
    region: regionOf(environment, settings),
    limits: settings?.limits ?? defaults.limits,
    reserved: reservedNames(senderOf(environment, settings)),
  };
}

/** A repository without the forwarder has no settings, and the defaults hold. */
async function readSettings(name: string, root: string): Promise<StageSettings | undefined> {
  if (!isStageName(name)) throw new UsageError(badStageName(name));
  const path = stagePath(name);
  const text = await orAbsent(readFile(join(root, path), 'utf8'));
  if (text === undefined) {
    const files = (await orAbsent(readdir(join(root, dirname(path))))) ?? [];
    const stages = files.flatMap((file) => /^(.+)\.yml$/.exec(file)?.[1] ?? []).sort();
    if (stages.length === 0) return undefined;
    throw new UsageError(noSuchStage(name, path, stages));
  }
  const { settings, faults } = readStage(text, path);
  if (settings === undefined) throw new UsageError(faults.join('\n'));
  return settings;
}

async function orAbsent<T>(read: Promise<T>): Promise<T | undefined> {
  try {
    return await read;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/** `YYYY-MM-DD` as given, or the day of `now` in UTC. */
function readToday(given: string | undefined, now: Date): string {
  if (given === undefined || given === '') return now.toISOString().slice(0, 10);
  const isDate = /^\d{4}-\d{2}-\d{2}$/.test(given) && !Number.isNaN(Date.parse(given));
  if (!isDate || new Date(given).toISOString().slice(0, 10) !== given) {
    throw new UsageError(`\`${given}\` is not a date. Write it like 2027-06-30.`);
  }
  return given;
}
