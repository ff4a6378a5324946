import { check, type SourceFile } from '../../../schema/src/check.ts';
import type { Moment } from '../../../schema/src/directory/resolve.ts';
import type { Policy } from '../../../schema/src/files/policy.ts';
import { type Message, say } from '../../../schema/src/messages/message.ts';
import { assessProposal } from '../guard/assess.ts';
import { noLimits } from '../guard/limits.ts';
import {
  type Allowance,
  allowAll,
  type Code,
  either,
  grantKey,
  originKey,
  type Permission,
  type Reason,
  subjectKey,
} from '../guard/reason.ts';
import { rowSubject } from '../guard/undoing.ts';
import { rowsOfRevision } from '../plan/change.ts';
import type { Api, Pull, Step } from './api.ts';
import { isNotFound } from './filesAt.ts';
import { readLabels } from './labels.ts';

/** What one pull request changes on the default branch, or would. */
export interface OwnChange {
  readonly pull: Pull;
  /** Commits: the files before it and after it. */
  readonly before: string;
  readonly after: string;
}

export interface Repository {
  readonly api: Pick<Api, 'files' | 'labels' | 'arrivedAt' | 'maintains'>;
  readonly folder: string;
  readonly moment: Moment;
}

/**
 * What the labels of pull requests allow: each allows what its own pull request does, address by address, and nothing
 * that comes with another one. `always` is allowed whoever brings it.
 */
export async function permissionOf(
  repository: Repository,
  changes: readonly OwnChange[],
  always: ReadonlySet<Code>,
): Promise<Permission> {
  let allowance: Allowance = allowAll(always);
  const origins = new Map<string, number[]>();
  const grants = new Map<string, string>();
  const notes: Message[] = [];
  const filesAt = remembering((commit) => repository.api.files(commit, repository.folder));
  for (const change of changes) {
    const { number } = change.pull;
    const { setBy, ignored } = await readLabels(repository.api, change.pull);
    for (const sentence of ignored) {
      notes.push(changes.length === 1 ? sentence : say('#{number}: {sentence}', { number, sentence }));
    }
    const reasons = ownReasons(
      await filesAt(change.before),
      await filesAt(change.after),
      repository.folder,
      repository.moment,
    );
    for (const { code, about } of reasons) {
      for (const subject of about) {
        const key = originKey(code, subject);
        origins.set(key, [...(origins.get(key) ?? []), number]);
      }
    }
    const allowed = reasons.filter(({ code }) => setBy.has(code));
    for (const { code, about } of allowed) {
      const by = `${setBy.get(code)} (label on #${number})`;
      for (const subject of about) grants.set(grantKey(code, subject), by);
    }
    allowance = either(
      allowance,
      new Map(allowed.map(({ code, about }) => [code, new Set(about.map(subjectKey))])),
    );
  }
  return { allowance, origins, grants, notes };
}

/**
 * What speaks against a change of files, by itself: what the tables hold, and what others change, is left out. Small
 * changes count too, as with those of others they may be over a limit; and so does each row that it writes, as a row of
 * that name may have been edited outside the files.
 */
function ownReasons(
  before: readonly SourceFile[],
  after: readonly SourceFile[],
  folder: string,
  moment: Moment,
): readonly Pick<Reason, 'code' | 'about'>[] {
  const [was, is] = [check(before, { ...moment, folder }), check(after, { ...moment, folder })];
  const proposal = {
    desired: is.records,
    policy: is.policy,
    basePolicy: was.policy,
    moment,
    pruneForeign: false,
    limits: noLimits,
  };
  const { plan, reasons } = assessProposal(rowsOfRevision(was.records), proposal);
  return [...reasons, { code: 'edited-outside', about: plan.changes.map(rowSubject) }];
}

/** The pull requests behind the commits of a branch, each with what it changed there. The older ones come first. */
export function ownChanges(steps: readonly Step[]): OwnChange[] {
  const changes: OwnChange[] = [];
  for (const { commit, parent, pull } of steps) {
    if (pull === undefined) continue;
    const last = changes.at(-1);
    // A pull request that was merged by rebasing has several commits in a row.
    if (last?.pull.number === pull.number && last.after === parent) {
      changes[changes.length - 1] = { ...last, after: commit };
    } else changes.push({ pull, before: parent, after: commit });
  }
  return changes;
}

/**
 * The commits of a merge queue, with the pull request that GitHub makes a branch for at each. Nothing is merged yet, so
 * a commit without such a branch is nobody's: the first ones of a pull request that the queue rebases.
 */
export async function queuedSteps(
  api: Pick<Api, 'pull'>,
  steps: readonly Step[],
  numbers: ReadonlyMap<string, number>,
): Promise<Step[]> {
  return Promise.all(
    steps.map(async (step) => {
      const number = numbers.get(step.commit);
      return number === undefined ? step : { ...step, pull: await api.pull(number) };
    }),
  );
}

/** What `_policy.yml` said at a commit; undefined where the commit is not known. */
export async function policyAt(
  api: Pick<Api, 'files'>,
  commit: string,
  folder: string,
  moment: Moment,
): Promise<Policy | undefined> {
  try {
    return check(await api.files(commit, folder), { ...moment, folder }).policy;
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}

function remembering<T>(ask: (key: string) => Promise<T>): (key: string) => Promise<T> {
  const known = new Map<string, Promise<T>>();
  return (key) => {
    const answer = known.get(key) ?? ask(key);
    known.set(key, answer);
    return answer;
  };
}
