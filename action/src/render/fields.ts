import { canonicalJson, type Definition, type DomainRecord } from '../../../schema/src/records/records.ts';

export interface FieldChange {
  readonly name: string;
  readonly before: string;
  readonly after: string;
}

/** The attributes in which two versions of a row differ, as text; what is not set shows as `none`. */
export function fieldsOf(before: Definition | DomainRecord, after: Definition | DomainRecord): FieldChange[] {
  const old = new Map<string, unknown>(Object.entries(before));
  const fresh = new Map<string, unknown>(Object.entries(after));
  const names = new Set([...old.keys(), ...fresh.keys()]);
  return [...names]
    .filter((name) => name !== 'domain' && name !== 'alias')
    .map((name) => ({ name, before: textOf(old.get(name)), after: textOf(fresh.get(name)) }))
    .filter(({ before: one, after: other }) => one !== other);
}

function textOf(value: unknown): string {
  if (value === undefined) return 'none';
  if (Array.isArray(value)) return value.join(', ');
  return typeof value === 'object' ? canonicalJson(value) : String(value);
}
