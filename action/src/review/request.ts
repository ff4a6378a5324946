import { UsageError } from '../../../schema/src/commandLine/options.ts';
import type { Moment } from '../../../schema/src/directory/resolve.ts';
import { type Address, parseAddress } from '../../../schema/src/text/address.ts';
import { suggest } from '../../../schema/src/text/suggest.ts';
import { type Code, codes, isCode } from '../guard/reason.ts';
import { readStage, type Stage } from './stage.ts';

/** How long a sync waits by default until its change is live. */
const defaultWaitSeconds = 120;

/** The reasons to allow: `CODE[,CODE]`. */
export function readAllow(text: string | undefined): Set<Code> {
  const allowed = new Set<Code>();
  for (const part of (text ?? '').split(/[\s,]+/)) {
    if (part === '') continue;
    if (!isCode(part)) {
      const meant = suggest(part, codes);
      const cure = meant === undefined ? `Choose from ${codes.join(', ')}.` : `Did you mean \`${meant}\`?`;
      throw new UsageError(`There is no reason \`${part}\` to allow. ${cure}`);
    }
    allowed.add(part);
  }
  return allowed;
}

/** A whole number of seconds; 0 does not wait. */
export function readWaitSeconds(given: string | undefined): number {
  if (given === undefined || given === '') return defaultWaitSeconds;
  if (!/^\d{1,5}$/.test(given)) throw new UsageError(`\`${given}\` is not a number of seconds to wait.`);
  return Number(given);
}

/** The address that a command is about. */
export function readAddress(word: string): Address {
  const { value, fault } = parseAddress(word);
  if (fault !== undefined) throw new UsageError(`\`${word}\` is not an address: ${fault}.`);
  return value;
}

/** Where a stage's settings are, and the day to judge by. */
export interface Setting {
  readonly stage: string;
  /** The folder of the repository. */
  readonly root: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
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
  const stage = await readStage(name, root, environment);
  return { stage, moment: { today: day, reserved: stage.reserved } };
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
