import { staleSince } from '../guard/reason.ts';
import { plan } from '../plan/plan.ts';
import { blockedMarkdown, driftMarkdown } from '../render/issues.ts';
import { proposeFiles } from '../review/reviewFiles.ts';
import type { Api } from './api.ts';
import { redactFor, showChecked } from './report.ts';
import { checkedOut, momentOf, type RunnerCommand } from './runner.ts';

/**
 * `drift`: compares the tables with the checked-out files, and keeps one issue open while they differ or a sync is cut
 * short; another one while mailboxes are blocked because mail to them bounced. Writes no row.
 */
export const driftRun: RunnerCommand = async (runner) => {
  const { stage, moment } = await momentOf(runner);
  const options = { moment, pruneForeign: false };
  const { proposal } = await proposeFiles(await checkedOut(runner), options, showChecked(runner));
  if (proposal === undefined) return false;
  const tables = await runner.openTables(stage);
  const { rows, gate } = await tables.read();
  const made = plan(rows, proposal.desired, moment, { pruneForeign: false });
  const differs = made.changes.length > 0 || made.foreign.length > 0;
  const now = runner.now.getTime() / 1000;
  const since = staleSince(gate, now);
  const stale = since === undefined ? undefined : { since, syncPage: runner.context.syncPage };
  const blocked = await tables.blocked(now);
  runner.output('drift', String(differs));
  const redact = redactFor(runner, made.before, made.after);
  const body = driftMarkdown(made, stale, runner.context.syncPage, redact);
  await runner.summary(body);
  const api = await runner.openApi();
  await keepIssue(api, {
    label: 'aliasops-drift',
    title: 'The tables differ from the files',
    body: differs || stale !== undefined ? body : undefined,
    over: 'The tables match the files again.',
  });
  await keepIssue(api, {
    label: 'aliasops-blocked',
    title: 'Mailboxes are blocked because mail to them bounced',
    body: blocked.length === 0 ? undefined : blockedMarkdown(blocked, made.after, moment.today, redact),
    over: 'No mailbox is blocked any more.',
  });
  return true;
};

export interface KeptIssue {
  /** By which the issue is found again. */
  readonly label: string;
  readonly title: string;
  /** Undefined when there is nothing to say: the issue is closed then. */
  readonly body: string | undefined;
  /** What the closing comment says. */
  readonly over: string;
}

/** Keeps one issue open while there is something to say, with what there is to say now. */
export async function keepIssue(api: Api, { label, title, body, over }: KeptIssue): Promise<void> {
  const [issue] = await api.openIssues(label);
  if (body === undefined) {
    if (issue !== undefined) await api.closeIssue(issue.number, over);
  } else if (issue === undefined) {
    await api.openIssue(title, body, label);
  } else if (issue.body !== body) {
    await api.changeIssue(issue.number, body);
  }
}
