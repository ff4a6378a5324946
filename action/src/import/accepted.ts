import type { Checked, SourceFile } from '../../../schema/src/check.ts';
import { type Definition, type Stored, sumOf } from '../../../schema/src/records/records.ts';
import { type AliasEdit, editAliases } from '../../../schema/src/style/edit.ts';
import { compareText } from '../../../schema/src/text/diagnostic.ts';
import { type Change, keyText, nameOf, type Rows } from '../plan/change.ts';
import { diff, type RowName } from '../plan/diff.ts';

/** What others did to an alias in the tables. */
export interface Accepted {
  readonly address: string;
  readonly kind: 'added' | 'changed' | 'removed';
}

export interface Acceptance {
  /** Files that say something else now, with their new content. */
  readonly files: readonly SourceFile[];
  readonly accepted: readonly Accepted[];
  /** What is for a person to say in the files, in sentences. */
  readonly left: readonly string[];
}

/** Writes into the files what others changed, added and deleted in the tables, in the domains that the files manage. */
export function acceptEdits(rows: Rows, checked: Checked, files: readonly SourceFile[]): Acceptance {
  const { changes, foreign } = diff(rows, checked.records, { pruneForeign: false });
  const outside = [...changes.flatMap(editOf), ...addedRows(rows, foreign)];
  const byFile = Map.groupBy(outside, ({ domain }) => checked.fileOf.get(domain) ?? '');
  const accepted: Accepted[] = [];
  const domains = [...changes.filter(undoesDomain), ...foreign.filter(({ table }) => table === 'domains')];
  const left = domains.map((row) => domainText(nameOf(row)));
  const changed = files.flatMap((file): SourceFile[] => {
    const edits = byFile.get(file.path);
    if (edits === undefined) return [];
    const before = Buffer.from(file.bytes).toString();
    const unedited = editAliases(before, []);
    for (const edit of edits) {
      const address = `${edit.alias}@${edit.domain}`;
      // Nothing of the domain's own file to take out.
      if (edit.kind === 'removed' && editAliases(before, [edit]) === unedited) left.push(sharedText(address));
      else accepted.push({ address, kind: edit.kind });
    }
    const after = editAliases(before, edits);
    return after === unedited ? [] : [{ ...file, bytes: Buffer.from(after) }];
  });
  return {
    files: changed,
    accepted: accepted.sort((a, b) => compareText(a.address, b.address)),
    left: left.sort(compareText),
  };
}

function domainText(domain: string): string {
  return `${domain}: its own row was changed outside the files. Bring \`domain\` and \`aliasDomains\` up to date by hand.`;
}

function sharedText(address: string): string {
  return `${address} was deleted outside the files, but _shared.yml has it for every domain. Take it out there, or allow edited-outside.`;
}

interface Outside extends AliasEdit, Pick<Accepted, 'kind'> {
  readonly domain: string;
}

/** What an alias says in the tables, where a sync would undo that. */
function editOf(change: Change): Outside[] {
  if (change.table !== 'definitions') return [];
  if (change.kind === 'create') {
    const { domain, alias } = change.after;
    return change.revives === undefined ? [] : [{ domain, alias, kind: 'removed', fields: undefined }];
  }
  return undoes(change) ? [editTo(change.before, change.kind === 'update' ? 'changed' : 'added')] : [];
}

function undoesDomain(change: Change): boolean {
  if (change.table !== 'domains') return false;
  return change.kind === 'create' ? change.revives !== undefined : undoes(change);
}

function undoes(change: Exclude<Change, { readonly kind: 'create' }>): boolean {
  if (change.before.provenance === 'ours') return false;
  return change.kind === 'delete' || sumOf(change.before.record) !== sumOf(change.after);
}

function editTo({ record }: Stored<Definition>, kind: Outside['kind']): Outside {
  const { domain, alias, ...fields } = record;
  return { domain, alias, kind, fields };
}

function addedRows({ definitions }: Rows, foreign: readonly RowName[]): Outside[] {
  const names = new Set(foreign.map(({ table, key }) => keyText(table, key)));
  return definitions
    .filter(({ key }) => names.has(keyText('definitions', key)))
    .map((row) => editTo(row, 'added'));
}
