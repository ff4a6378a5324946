import type { Api, Pull, Step } from './api.ts';
import type { Context } from './context.ts';
import { isNotFound } from './filesAt.ts';

/** More are not told: a sync after a long while is about more than anybody reads. */
const mostTold = 20;

/**
 * The merged pull requests that a sync of this commit is about: those since what the tables hold (`since`, undefined
 * where that is not known), and those of the push. The newest ones come first.
 */
export async function mergedPulls(
  api: Pick<Api, 'mainline' | 'pullOfMerge'>,
  { sha, base }: Pick<Context, 'sha' | 'base'>,
  since?: string,
): Promise<readonly Pull[]> {
  if (sha === '') return [];
  const merged = await api.pullOfMerge(sha);
  const steps: Step[] = [];
  // Mostly the tables hold what was pushed onto.
  for (const from of new Set([since, base])) steps.push(...(await mainlineSince(api, from, sha)));
  const pulls = [merged, ...steps.reverse().map(({ pull }) => pull)].filter((pull) => pull !== undefined);
  return [...new Map(pulls.map((pull) => [pull.number, pull])).values()].slice(0, mostTold);
}

/** The commits between two; none where the branch was new, or rewritten since: GitHub cannot compare these. */
export async function mainlineSince(
  api: Pick<Api, 'mainline'>,
  from: string | undefined,
  to: string,
): Promise<readonly Step[]> {
  if (from === undefined || /^0*$/.test(from) || from === to) return [];
  try {
    return await api.mainline(from, to);
  } catch (error) {
    if (isNotFound(error)) return [];
    throw error;
  }
}
