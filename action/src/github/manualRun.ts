import { UsageError } from '../../../schema/src/commandLine/options.ts';
import type { Runner } from './runner.ts';

/** Events whose inputs are what somebody typed, or a program sent, at that moment: no review saw them. */
const manualEvents: ReadonlySet<string> = new Set(['workflow_dispatch', 'repository_dispatch']);

/**
 * Lets a manual run allow something, or delete rows of others, only where somebody with maintain or admin rights
 * started it. Who starts it again takes over inputs that GitHub does not show, so both who chose them and who starts it
 * again need the rights.
 *
 * @throws UsageError where one of them has not
 */
export async function requireMaintainer(
  runner: Pick<Runner, 'inputs' | 'environment' | 'openApi'>,
): Promise<void> {
  const { inputs, environment } = runner;
  const asked = [
    ...(inputs.allow.size === 0 ? [] : [`\`allow: ${[...inputs.allow].join(',')}\``]),
    ...(inputs.pruneForeign ? ['`prune-foreign: true`'] : []),
  ];
  if (asked.length === 0 || !manualEvents.has(environment.GITHUB_EVENT_NAME ?? '')) return;
  const what = asked.join(' and ');
  const rule = 'Somebody with maintain or admin rights must run the workflow. Nothing was written.';
  const logins = startersOf(environment);
  if (logins.length === 0) {
    throw new UsageError(`GitHub does not say who started this run, so that ${what} does not count. ${rule}`);
  }
  const api = await runner.openApi();
  for (const login of logins) {
    if (await api.maintains(login)) continue;
    const verb = asked.length === 1 ? 'does' : 'do';
    throw new UsageError(
      `${login} does not maintain this repository, so that ${what} ${verb} not count. ${rule}`,
    );
  }
}

/** Who answers for the inputs of a run: whoever started it last. */
export function starterOf(environment: Runner['environment']): string {
  return startersOf(environment)[0] ?? 'somebody unknown';
}

/** Logins: who started the run last, and who started it first, where that is somebody else. */
function startersOf({ GITHUB_TRIGGERING_ACTOR: last, GITHUB_ACTOR: first }: Runner['environment']): string[] {
  return [...new Set([last ?? '', first ?? ''])].filter((login) => login !== '');
}
