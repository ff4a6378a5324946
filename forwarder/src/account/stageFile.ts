import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { badStageName, noSuchStage, type ReadStage, readStage } from '../../../schema/src/stage/readStage.ts';
import { isStageName, stagePath } from '../../../schema/src/stage/stage.ts';

/** The folder of the repository. */
export const repositoryRoot = join(import.meta.dirname, '../../..');

/** Reads the file of a stage. That there is none is a fault too, which names the stages that there are. */
export function readStageFile(stage: string): ReadStage {
  if (!isStageName(stage)) return { faults: [badStageName(stage)] };
  const file = join(repositoryRoot, stagePath(stage));
  const shown = relative(process.cwd(), file);
  if (existsSync(file)) return readStage(readFileSync(file, 'utf8'), shown);
  const stages = readdirSync(dirname(file))
    .flatMap((name) => /^(.+)\.yml$/.exec(name)?.[1] ?? [])
    .sort();
  return { faults: [noSuchStage(stage, shown, stages)] };
}
