import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Gives the run a temporary folder of its own, beside what the run builds. The run fails when a test has left a file
 * there, or a process that was started with it.
 */
export function setup(): (() => void) | undefined {
  // Each project asks for it: the first one's serves all. A run that a test starts has its own.
  if (process.env.ALIASOPS_RUN_BY === String(process.pid)) return undefined;
  const folder = mkdtempSync(join(tmpdir(), 'aliasops-run-'));
  const temporary = join(folder, 'tmp');
  mkdirSync(temporary);
  process.env.ALIASOPS_RUN_BY = String(process.pid);
  process.env.ALIASOPS_RUN = folder;
  process.env.TMPDIR = temporary;
  // The tests start the same programs again and again: each is compiled once. Not in the folder of the run, since
  // Node writes there as late as its processes end.
  process.env.NODE_COMPILE_CACHE = join(import.meta.dirname, '../node_modules/.cache/compiled');
  return () => {
    const left = [
      ...readdirSync(temporary).map((name) => `the file or folder ${name}`),
      ...processesWith(`TMPDIR=${temporary}`).map((line) => `the process ${line}`),
    ];
    rmSync(folder, { recursive: true, force: true });
    if (left.length > 0) throw new Error(`The tests left behind:\n${left.join('\n')}`);
  };
}

/** The processes that were started with a variable, except Vitest's own; none where the system does not show them. */
function processesWith(variable: string): string[] {
  return read(() => readdirSync('/proc'), [])
    .filter(
      (id) =>
        /^\d+$/.test(id) &&
        read(() => readFileSync(`/proc/${id}/environ`, 'utf8'), '')
          .split('\0')
          .includes(variable),
    )
    .map(
      (id) => `${id}: ${read(() => readFileSync(`/proc/${id}/cmdline`, 'utf8'), '').replaceAll('\0', ' ')}`,
    )
    .filter((line) => !line.includes('vitest'));
}

/** A process may end while one looks at it. */
function read<T>(look: () => T, otherwise: T): T {
  try {
    return look();
  } catch {
    return otherwise;
  }
}
