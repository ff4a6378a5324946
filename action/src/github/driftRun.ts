import { staleSince } from '../guard/review.ts';
import { plan } from '../plan/plan.ts';
import { blockedMarkdown, driftMarkdown } from '../render/issues.ts';
import { readFolder } from '../review/folder.ts';
import { keepIssue } from './keepIssue.ts';
import { readMoment } from './moment.ts';
import { readFiles } from './readFiles.ts';
import { redactFor } from './redaction.ts';
import type { RunnerCommand } from './runner.ts';

/**
 * `drift`: compares the tables with the checked-out files, and keeps one issue open while they differ or a sync is cut
 * short; another one while mailboxes get no mail because mail to them came back. Writes no row.
 */
export const driftRun: RunnerCommand = async (runner) => {
  const { stage, moment } = await readMoment(runner);
  const files = await readFolder(runner.inputs.directory, runner.workspace);
  const desired = await readFiles(runner, files, moment);
  if (desired === undefined) return false;
  const tables = await runner.openTables(stage);
  const { rows, gate } = await tables.read();
  const made = plan(rows, desired.records, moment, { pruneForeign: false });
  const differs = made.changes.length > 0 || made.foreign.length > 0;
  const now = runner.now.getTime() / 1000;
  const since = staleSince(gate, now);
  const stale = since === undefined ? undefined : { since, syncPage: runner.context.syncPage };
  const blocked = await tables.blocked(now);
  runner.output('drift', String(differs));
  const redact = redactFor(runner, made.before, made.after);
  const body = driftMarkdown(made, stale, redact);
  await runner.summary(body);
  const api = await runner.openApi();
  await keepIssue(api, {
    label: 'aliasops-drift',
    title: 'The tables are not what the files say',
    body: differs || stale !== undefined ? body : undefined,
    over: 'The tables are what the files say again.',
  });
  await keepIssue(api, {
    label: 'aliasops-blocked',
    title: 'Mailboxes get no mail, because mail to them came back',
    body: blocked.length === 0 ? undefined : blockedMarkdown(blocked, made.after, moment.today, redact),
    over: 'Every mailbox gets its mail again.',
  });
  return true;
};
