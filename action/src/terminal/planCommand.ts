import { check } from '../../../schema/src/check.ts';
import { assess } from '../guard/assess.ts';
import { type Review, review, withGate } from '../guard/review.ts';
import { rowsOfRevision } from '../plan/change.ts';
import { plan } from '../plan/plan.ts';
import { planJson } from '../render/planJson.ts';
import { planMarkdown } from '../render/planMarkdown.ts';
import { planText } from '../render/planText.ts';
import { asIs } from '../render/redact.ts';
import { readAllow } from '../review/allow.ts';
import { readFolder } from '../review/folder.ts';
import { readStage } from '../review/stage.ts';
import { readToday } from '../review/today.ts';
import { readDesired } from './desired.ts';
import { readChoice, readOptions } from './options.ts';
import { type Command, exit } from './terminal.ts';

const kinds = {
  from: 'string',
  to: 'string',
  stage: 'string',
  allow: 'string',
  'prune-foreign': 'boolean',
  today: 'string',
  format: 'string',
  'detailed-exitcode': 'boolean',
} as const;

/** `plan`: what a sync would write, and who would get what mail. */
export const planCommand: Command = async (terminal, given) => {
  const { values } = readOptions(given, kinds, 0);
  const format = readChoice(values.format, ['text', 'json', 'markdown'], 'format');
  const allow = readAllow(values.allow);
  const stage = await readStage(values.stage ?? 'production', terminal.folder, terminal.environment);
  const moment = { today: readToday(values.today, terminal.now), reserved: stage.reserved };
  const from = values.from ?? 'tables';
  const base = from === 'tables' ? undefined : await readFolder(from, terminal.folder);
  const desired = await readDesired(terminal, values.to ?? 'aliases', moment, format, base && { base });
  if (desired === undefined) return exit.notRight;
  const { rows, gate } =
    base === undefined
      ? await (await terminal.openTables(stage)).read()
      : { rows: rowsOfRevision(check(base, { ...moment, folder: from }).records), gate: undefined };
  const made = plan(rows, desired.records, moment, { pruneForeign: values['prune-foreign'] ?? false });
  const judged = review(made, assess(made, desired.policy, moment), allow);
  const reviewed = withGate(judged, gate, terminal.now.getTime() / 1000);
  terminal.out(render(reviewed, format));
  if (reviewed.unsafe.length > 0) return exit.notRight;
  return values['detailed-exitcode'] === true && made.changes.length > 0 ? exit.changes : exit.fine;
};

function render(reviewed: Review, format: 'text' | 'json' | 'markdown'): string {
  if (format === 'json') return `${JSON.stringify(planJson(reviewed), null, 2)}\n`;
  return format === 'markdown' ? planMarkdown(reviewed, asIs) : planText(reviewed, asIs);
}
