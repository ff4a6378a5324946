import type { Definition, DomainRecord } from '../../../schema/src/records/records.ts';
import type { Review } from '../guard/review.ts';
import type { Change } from '../plan/change.ts';
import type { RowName } from '../plan/diff.ts';
import type { Effect } from '../plan/effects.ts';
import type { Counts, Plan } from '../plan/plan.ts';
import { fieldsOf } from './fields.ts';
import { oneLine } from './oneLine.ts';
import type { Redact } from './redact.ts';
import { staleGateText } from './staleGate.ts';

/** A reviewed plan for a terminal or a log. The first line is the count. */
export function planText({ plan, unsafe, allowed, staleSince }: Review, redact: Redact): string {
  const lines = [
    countLine(plan.counts),
    `fingerprint ${plan.fingerprint}`,
    ...(staleSince === undefined ? [] : ['', staleGateText(staleSince)]),
    ...titled('Rows:', plan.changes.map(rowLine)),
    ...titled('Who gets mail:', plan.effects.flatMap(effectLines)),
    ...rowsOfOthers(plan),
    ...unsafe.flatMap(({ code, message }) => ['', `unsafe: ${message} To allow it: --allow ${code}`]),
    ...allowed.flatMap(({ code, message }) => ['', `allowed (${code}): ${message}`]),
  ];
  return `${lines.map(oneLine).map(redact).join('\n')}\n`;
}

function titled(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ['', title, ...lines];
}

export function countLine({ create, update, delete: gone, unchanged }: Counts): string {
  return create + update + gone === 0
    ? `Nothing to change: ${unchanged} rows are as the files say.`
    : `${create} to create, ${update} to update, ${gone} to delete, ${unchanged} unchanged.`;
}

const signs = { create: '+', update: '~', delete: '-' } as const;

function rowLine(change: Change): string {
  const name = nameOf(change);
  if (change.kind === 'create') return `  + ${name}: ${summary(change.after)}`;
  if (change.kind === 'delete') return `  - ${name}`;
  const fields = fieldsOf(change.before.record, change.after);
  const adopted = change.before.provenance === 'foreign' ? ' (adopted)' : '';
  const sealed = fields.length === 0 ? 'its content stays' : '';
  const changed = fields
    .map(({ name: field, before, after }) => `${field}: ${before} -> ${after}`)
    .join('; ');
  return `  ${signs[change.kind]} ${name}${adopted}: ${changed}${sealed}`;
}

export function nameOf({ key }: Pick<Change | RowName, 'key'>): string {
  return key.alias === undefined ? key.domain : `${key.alias}@${key.domain}`;
}

function summary(record: Definition | DomainRecord): string {
  if ('destinations' in record) {
    return `${record.destinations.join(', ')}${record.active ? '' : ' (inactive)'}`;
  }
  return record.aliasfor === undefined ? 'managed domain' : `alias domain of ${record.aliasfor}`;
}

function effectLines({ address, before, after }: Effect): string[] {
  const had = new Set<string>(before);
  const has = new Set<string>(after);
  return [
    `  ${address}`,
    ...before.filter((mailbox) => !has.has(mailbox)).map((mailbox) => `    - ${mailbox}`),
    ...after.filter((mailbox) => !had.has(mailbox)).map((mailbox) => `    + ${mailbox}`),
  ];
}

function rowsOfOthers({ foreign, editedOutside }: Plan): string[] {
  const names = (rows: readonly RowName[]): string[] => rows.map((row) => `  ${nameOf(row)}`);
  return [
    ...titled('Rows that others wrote, and that stay (--prune-foreign deletes them):', names(foreign)),
    ...titled('Rows of ours that were edited outside the files:', names(editedOutside)),
  ];
}
