import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import * as core from '@actions/core';
import { UsageError } from '../../schema/src/commandLine/options.ts';
import type { Api } from './github/api.ts';
import { readContext } from './github/context.ts';
import { readInputs } from './github/inputs.ts';
import { runAction } from './github/runAction.ts';

async function readEvent(path: string | undefined): Promise<unknown> {
  return path ? JSON.parse(await readFile(path, 'utf8')) : {};
}

try {
  const inputs = readInputs((name) => core.getInput(name));
  const context = readContext(process.env, await readEvent(process.env.GITHUB_EVENT_PATH));
  const succeeds = await runAction({
    inputs,
    context,
    workspace: process.env.GITHUB_WORKSPACE || process.cwd(),
    temporary: process.env.RUNNER_TEMP || tmpdir(),
    environment: process.env,
    now: new Date(),
    log: (text) => process.stdout.write(text),
    summary: async (text) => {
      if (process.env.GITHUB_STEP_SUMMARY) await core.summary.addRaw(text, true).write();
    },
    output: core.setOutput,
    secret: core.setSecret,
    openApi: async (): Promise<Api> => {
      if (inputs.token === '') throw new UsageError('This needs the input github-token.');
      const { githubApi } = await import('./github/api.ts');
      return githubApi(inputs.token, context.owner, context.repo);
    },
    // The SDK takes most of the start-up time, and most commands do without it.
    openTables: async (stage) => (await import('./tables/open.ts')).connect(stage),
  });
  process.exitCode = succeeds ? 0 : 1;
} catch (error) {
  core.setFailed(
    error instanceof UsageError ? error.message : 'The action could not read its inputs or its event.',
  );
}
