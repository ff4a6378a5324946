import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

export interface Finished {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

const cli = fileURLToPath(new URL('../../action/src/cli.ts', import.meta.url));

/** Runs the aliases' command line as a program of its own, on the tables that the environment names. */
export async function runAliases(
  environment: Readonly<Record<string, string>>,
  ...command: readonly string[]
): Promise<Finished> {
  const child = spawn(process.execPath, [cli, ...command], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said.stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said.stderr += text;
  });
  const [code] = (await once(child, 'close')) as [number | null];
  return { code: code ?? 2, ...said };
}
