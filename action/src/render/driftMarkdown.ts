import type { Plan } from '../plan/plan.ts';
import { code } from './code.ts';
import { commentLimit, cutRows } from './cutRows.ts';
import { countLine, nameOf } from './planText.ts';
import type { Redact } from './redact.ts';
import { type StaleGate, staleGateMarkdown } from './staleGate.ts';

/** How the tables differ from the files, for an issue; and that a sync was cut short, where it was. */
export function driftMarkdown(plan: Plan, stale: StaleGate | undefined, redact: Redact): string {
  const show = (text: string): string => code(redact(text));
  const edited = new Set(plan.editedOutside.map((row) => `${row.table} ${nameOf(row)}`));
  const changes = plan.changes.map((change) => {
    const isEdited = edited.has(`${change.table} ${nameOf(change)}`);
    return `- a sync would ${change.kind} ${show(nameOf(change))}${isEdited ? ', which was edited outside the files' : ''}`;
  });
  const foreign = plan.foreign.map((row) => `- ${show(nameOf(row))} was written by others and stays`);
  const cut = stale === undefined ? [] : ['', staleGateMarkdown(stale)];
  return cutRows([countLine(plan.counts), ...cut, ''], [...changes, ...foreign], [], commentLimit);
}
