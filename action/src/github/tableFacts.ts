import type { Records } from '../../../schema/src/records/records.ts';
import { staleSince } from '../guard/review.ts';
import { diff } from '../plan/diff.ts';
import type { Plan } from '../plan/plan.ts';
import { blockEnd } from '../render/answers.ts';
import type { TableFacts } from '../render/planComment.ts';
import type { Stage } from '../review/stage.ts';
import type { Runner } from './runner.ts';

/** More mailboxes than this are not asked for one by one. */
const askedLimit = 200;

export async function tableFacts(
  runner: Runner,
  stage: Stage,
  desired: Records,
  { effects }: Plan,
): Promise<TableFacts> {
  const tables = await runner.openTables(stage);
  const { rows, gate } = await tables.read();
  const now = runner.now.getTime() / 1000;
  const { foreign, editedOutside } = diff(rows, desired, { pruneForeign: false });
  const mailboxes = [...new Set(effects.flatMap(({ after }) => after))].slice(0, askedLimit);
  const blocked: { readonly mailbox: string; readonly until: string }[] = [];
  for (const mailbox of mailboxes) {
    const until = await tables.blockedUntil(mailbox, now);
    if (until !== undefined) blocked.push({ mailbox, until: blockEnd(until) });
  }
  const since = staleSince(gate, now);
  const stale = since === undefined ? {} : { stale: { since, syncPage: runner.context.syncPage } };
  return { known: true, blocked, foreign, editedOutside, ...stale };
}
