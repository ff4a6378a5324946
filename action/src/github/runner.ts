import { readFolder } from '../review/folder.ts';
import type { Revision } from '../review/reviewFiles.ts';
import { readMoment, type Stage } from '../review/stage.ts';
import type { OpenTables } from '../tables/open.ts';
import type { Api } from './api.ts';
import type { Context } from './context.ts';
import type { ActionInputs } from './inputs.ts';

/** What a command of the action has of the world. */
export interface Runner {
  readonly inputs: ActionInputs;
  readonly context: Context;
  /** The checked-out repository. */
  readonly workspace: string;
  /** Where files for later steps go. */
  readonly temporary: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly now: Date;
  log(text: string): void;
  summary(markdown: string): Promise<void>;
  output(name: string, value: string): void;
  /** Keeps a text out of every log of the run. */
  secret(text: string): void;
  openApi(): Promise<Api>;
  openTables(stage: Stage): Promise<OpenTables>;
}

/** Whether the step succeeds. */
export type RunnerCommand = (runner: Runner) => Promise<boolean>;

/** The settings of the stage that the inputs name, and now. */
export function momentOf({ inputs, workspace, environment, now }: Runner): ReturnType<typeof readMoment> {
  return readMoment({ stage: inputs.stage, root: workspace, environment, now });
}

/** The checked-out alias files. */
export async function checkedOut({ inputs, workspace }: Runner): Promise<Revision> {
  return { folder: inputs.directory, files: await readFolder(inputs.directory, workspace) };
}
