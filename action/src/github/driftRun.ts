import { staleSince } from '../guard/reason.ts';
import { expiringSoon } from '../meaning/expiring.ts';
import { plan } from '../plan/plan.ts';
import { blockedIssue } from '../render/blockedIssue.ts';
import { driftIssue, expiryIssue, type IssueText } from '../render/issues.ts';
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
  const { checked, proposal } = await proposeFiles(await checkedOut(runner), options, showChecked(runner));
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
  const { language } = checked.policy;
  const drift = driftIssue(made, stale, runner.context.syncPage, language, redact);
  await runner.summary(driftIssue(made, stale, runner.context.syncPage, 'en', redact).body);
  const api = await runner.openApi();
  await keepIssue(api, 'aliasops-drift', drift, differs || stale !== undefined);
  const place = { directory: made.after, today: moment.today, organization: runner.context.owner };
  const unreached = blockedIssue(blocked, place, language, redact);
  await keepIssue(api, 'aliasops-blocked', unreached, blocked.length > 0);
  const expiring = expiringSoon(checked.directory, moment.today);
  await keepIssue(api, 'aliasops-expiring', expiryIssue(expiring, language, redact), expiring.length > 0);
  return true;
};

/** Keeps one issue open, found again by its label, while it is so, with what there is to say now. */
export async function keepIssue(
  api: Api,
  label: string,
  { title, body, over }: IssueText,
  isSo: boolean,
): Promise<void> {
  const [issue] = await api.openIssues(label);
  if (!isSo) {
    if (issue !== undefined) await api.closeIssue(issue.number, over);
  } else if (issue === undefined) {
    await api.openIssue(title, body, label);
  } else if (issue.body !== body) {
    await api.changeIssue(issue.number, body);
  }
}
