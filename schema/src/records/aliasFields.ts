import { type Destination, foldName, type Parsed, parseDestination } from '../text/address.ts';

/** What an alias is for; `person` unless the file says otherwise. */
export const aliasTypes = ['person', 'group', 'function', 'external'] as const;
export type AliasType = (typeof aliasTypes)[number];

/**
 * A row of the Definitions table, keyed by `domain` (HASH) and `alias` (RANGE), both folded. Destinations are folded,
 * in the file's order and written form: `local@domain`, or an alias of the same domain without the `@`.
 */
export interface Definition {
  readonly domain: string;
  readonly alias: string;
  readonly destinations: readonly string[];
  readonly type: AliasType;
  readonly active: boolean;
  readonly description?: string;
  readonly owner?: string;
  /** `YYYY-MM-DD`: inactive from 00:00 UTC of that day. */
  readonly expires?: string;
}

export type FieldName = Exclude<keyof Definition, 'domain' | 'alias'>;
/** What is said of an alias, without its name. */
export type AliasFields = Pick<Definition, FieldName>;

/**
 * What the values of a field are; `otherwise` holds where nothing is said. A choice that is none counts as nothing, but a
 * flag is set by nothing else than `true`: readers before ours take a row that says `null` or `'false'` for switched off.
 */
export type Field =
  | { readonly kind: 'destinations' }
  | { readonly kind: 'choice'; readonly choices: readonly string[]; readonly otherwise: string }
  | { readonly kind: 'flag'; readonly otherwise: boolean }
  | { readonly kind: 'text' };

/**
 * The fields of an alias, in the order of a file in canonical style. Everything that goes through all fields goes
 * through this table: reading YAML and items, writing both, conditions, size, and the tests' generators. A test holds it
 * to the JSON Schema.
 */
export const aliasFields = {
  type: { kind: 'choice', choices: aliasTypes, otherwise: 'person' },
  description: { kind: 'text' },
  active: { kind: 'flag', otherwise: true },
  destinations: { kind: 'destinations' },
  owner: { kind: 'text' },
  expires: { kind: 'text' },
} as const satisfies Record<FieldName, Field>;

export const fieldEntries = Object.entries(aliasFields) as readonly (readonly [FieldName, Field])[];
export const fieldNames: readonly FieldName[] = fieldEntries.map(([name]) => name);

/** Reads each field from what is given for it. What has the wrong type counts as absent. */
export function readFields(given: (name: FieldName, field: Field) => unknown): AliasFields {
  const read: Partial<Record<FieldName, unknown>> = {};
  for (const [name, field] of fieldEntries) {
    const value = readField(field, given(name, field));
    if (value !== undefined) read[name] = value;
  }
  return read as AliasFields;
}

function readField(field: Field, given: unknown): AliasFields[FieldName] {
  switch (field.kind) {
    case 'destinations':
      return textsOf(given).map((text) => foldName(text.trim()));
    case 'choice':
      return field.choices.find((choice) => choice === given) ?? field.otherwise;
    case 'flag':
      return given === undefined ? field.otherwise : given === true;
    case 'text':
      return typeof given === 'string' ? given : undefined;
  }
}

/** By the list that a record stores: a record never changes, so what it says is read once, whoever asks. */
const readLists = new WeakMap<readonly string[], readonly Parsed<Destination>[]>();

/** What each of a record's destinations means, in order; tables may hold some that mean nothing. */
export function destinationsOf({
  destinations,
}: Pick<Definition, 'destinations'>): readonly Parsed<Destination>[] {
  const known = readLists.get(destinations);
  if (known !== undefined) return known;
  const read = destinations.map(parseDestination);
  readLists.set(destinations, read);
  return read;
}

/** The form that a record stores, for destinations that have been read already. */
export function storedForm(destinations: readonly Destination[]): readonly string[] {
  const texts = destinations.map(({ text }) => text);
  readLists.set(
    texts,
    destinations.map((value) => ({ value })),
  );
  return texts;
}

/** A list or, as some tools write it, a set of strings. */
function textsOf(value: unknown): string[] {
  const list = Array.isArray(value) ? value : value instanceof Set ? [...value] : [];
  return list.filter((entry) => typeof entry === 'string');
}

/**
 * Bytes of the values whose length the user decides, as DynamoDB counts them ("Item sizes and formats"): UTF-8 for
 * texts, and for a list 3 and 1 more for each entry.
 */
export function sizeOf(definition: Definition): number {
  let size = 0;
  for (const [name, { kind }] of fieldEntries) {
    const value = definition[name];
    if (typeof value === 'object') {
      size += value.reduce((sum, one) => sum + Buffer.byteLength(one) + 1, 3);
    } else if (kind === 'text' && typeof value === 'string') {
      size += Buffer.byteLength(value);
    }
  }
  return size;
}
