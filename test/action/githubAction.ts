import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { builtAction } from '../packaged.ts';
import { type Exited, runNode } from '../tablesFixture.ts';
import type { GitHubServer } from './githubServer.ts';

export interface ActionRun {
  readonly inputs: Readonly<Record<string, string>>;
  /** The checked-out alias files. */
  readonly files: Readonly<Record<string, string>>;
  readonly event?: object;
  readonly sha?: string;
  readonly environment?: Readonly<Record<string, string>>;
}

export interface ActionResult extends Exited {
  readonly outputs: Readonly<Record<string, string>>;
  readonly summary: string;
  /** What the output `plan-file` names, read before the folder goes; empty where there is none. */
  readonly planFile: string;
}

/** Runs the built action as the runner does, in a folder that holds the alias files alone, and that goes with the run. */
export async function runAction(github: GitHubServer | undefined, run: ActionRun): Promise<ActionResult> {
  const folder = await mkdtemp(join(tmpdir(), 'run-'));
  try {
    return await runIn(folder, github, run);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function runIn(
  folder: string,
  github: GitHubServer | undefined,
  run: ActionRun,
): Promise<ActionResult> {
  const workspace = join(folder, 'workspace');
  await mkdir(join(workspace, 'aliases'), { recursive: true });
  for (const [name, text] of Object.entries(run.files)) {
    await writeFile(join(workspace, 'aliases', name), text);
  }
  const paths = {
    output: join(folder, 'output'),
    summary: join(folder, 'summary'),
    event: join(folder, 'event'),
  };
  await writeFile(paths.output, '');
  await writeFile(paths.summary, '');
  const repository = { private: false, default_branch: 'main', full_name: 'example/mail' };
  await writeFile(paths.event, JSON.stringify({ repository, ...run.event }));
  const inputs = Object.entries({ 'github-token': 'token', ...run.inputs });
  const exited = await runNode([builtAction], {
    GITHUB_WORKSPACE: workspace,
    GITHUB_OUTPUT: paths.output,
    GITHUB_STEP_SUMMARY: paths.summary,
    GITHUB_EVENT_PATH: paths.event,
    GITHUB_REPOSITORY: 'example/mail',
    GITHUB_SHA: run.sha ?? '',
    GITHUB_RUN_ID: '1',
    RUNNER_TEMP: folder,
    ...(github === undefined ? {} : { GITHUB_API_URL: github.url }),
    ...Object.fromEntries(inputs.map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value])),
    ...run.environment,
  });
  const outputs = readOutputs(await readFile(paths.output, 'utf8'));
  const planFile = outputs['plan-file'];
  return {
    ...exited,
    outputs,
    planFile: planFile === undefined ? '' : await readFile(planFile, 'utf8'),
    summary: await readFile(paths.summary, 'utf8'),
  };
}

/** `NAME<<MARK`, the value's lines, `MARK`. */
function readOutputs(text: string): Record<string, string> {
  const outputs: Record<string, string> = {};
  for (const [, name = '', , value = ''] of text.matchAll(/^(.+?)<<(.+)\n([\s\S]*?)\n\2$/gm))
    outputs[name] = value;
  return outputs;
}
