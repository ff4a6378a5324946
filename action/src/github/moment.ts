import type { Moment } from '../../../schema/src/directory/resolve.ts';
import { readStage, type Stage } from '../review/stage.ts';
import { readToday } from '../review/today.ts';
import type { Runner } from './runner.ts';

export async function readMoment(
  runner: Runner,
): Promise<{ readonly stage: Stage; readonly moment: Moment }> {
  const stage = await readStage(runner.inputs.stage, runner.workspace, runner.environment);
  return { stage, moment: { today: readToday(undefined, runner.now), reserved: stage.reserved } };
}
