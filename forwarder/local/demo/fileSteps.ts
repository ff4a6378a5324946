import type { Scene } from './scene.ts';

interface CheckJson {
  readonly ok: boolean;
  readonly domains: number;
  readonly aliases: number;
}

interface PlanJson {
  readonly counts: { readonly create: number; readonly update: number; readonly delete: number };
  readonly applied?: number;
  readonly liveAfterMs?: number | null;
}

/** Of a plan, as much as a person watching the demo reads. */
const linesShown = 32;

export async function checkFiles({ narrator, run, aliases }: Scene): Promise<void> {
  narrator.step('Check the alias files');
  const { code, stdout, stderr } = await run('check', aliases, '--format', 'json');
  const { ok, domains, aliases: count } = json<CheckJson>(stdout, stderr);
  narrator.check(code === 0 && ok, `${count} aliases in ${domains} domains, no mistakes`);
}

export async function planFiles({ narrator, run, aliases }: Scene): Promise<void> {
  narrator.step('Plan: who will get what');
  const { code, stdout, stderr } = await run('plan', '--from', 'tables', '--to', aliases);
  const lines = `${stdout}${stderr}`.trimEnd().split('\n');
  narrator.say(lines.slice(0, linesShown).join('\n'));
  if (lines.length > linesShown) narrator.say(`… and ${lines.length - linesShown} lines more`);
  narrator.check(code === 0, 'the plan is made, and nothing is written');
}

export async function syncFiles({ narrator, run, aliases }: Scene): Promise<void> {
  narrator.step('Sync into the tables, and wait until it is live');
  const { code, stdout, stderr } = await run('sync', '--dir', aliases, '--format', 'json');
  const { applied = 0, liveAfterMs } = json<PlanJson>(stdout, stderr);
  narrator.check(code === 0 && applied > 0, `${applied} rows written`);
  narrator.check(typeof liveAfterMs === 'number', `live ${((liveAfterMs ?? 0) / 1000).toFixed(1)} s later`);
}

export async function syncAgain({ narrator, run, aliases }: Scene): Promise<void> {
  narrator.step('Sync once more: there is nothing to write');
  const { code, stdout, stderr } = await run('sync', '--dir', aliases, '--format', 'json');
  const { counts, applied } = json<PlanJson>(stdout, stderr);
  const changes = counts.create + counts.update + counts.delete;
  narrator.check(code === 0 && changes === 0 && applied === 0, `${changes} changes, ${applied} rows written`);
}

/** What a command printed; where it printed no JSON, what it said instead is the error. */
export function json<T>(stdout: string, stderr: string): T {
  try {
    return JSON.parse(stdout) as T;
  } catch {
    throw new Error(`no JSON came:\n${stdout}${stderr}`);
  }
}
