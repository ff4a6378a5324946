import type { Entry, Table, Text, Value } from '../syntax/value.ts';

/**
 * Values to plain data for the schema, with truth values and numbers where the text is plain (YAML 1.2.2, 10.3).
 * Objects have no prototype: `__proto__` and `constructor` are names like any other.
 */
export function toData(value: Value): unknown {
  switch (value.kind) {
    case 'nothing':
      return null;
    case 'text':
      return value.plain ? plainData(value) : value.text;
    case 'list':
      return value.items.map(toData);
    case 'table': {
      const data: Record<string, unknown> = Object.create(null);
      for (const [name, entry] of namedEntries(value)) data[name] = toData(entry.value);
      return data;
    }
  }
}

/** Separates a name from the number of its repetition; no name holds it, since a file with it is refused before. */
const again = '\0';

/**
 * The entries of a table, each under the name that it has in the data. A repeated key is kept under a name of its
 * own, so that what stands under it is checked too.
 */
export function* namedEntries(table: Table): Generator<readonly [string, Entry]> {
  const counts = new Map<string, number>();
  for (const entry of table.entries) {
    const name = entry.key.text;
    const count = counts.get(name) ?? 0;
    counts.set(name, count + 1);
    yield [count === 0 ? name : `${name}${again}${count}`, entry];
  }
}

/** The name as written, of a name in the data that stands for a repeated key. */
export function repeatedName(name: string): string | undefined {
  const at = name.indexOf(again);
  return at < 0 ? undefined : name.slice(0, at);
}

function plainData({ text }: Text): unknown {
  if (/^(?:true|True|TRUE)$/.test(text)) return true;
  if (/^(?:false|False|FALSE)$/.test(text)) return false;
  if (/^(?:null|Null|NULL|~)$/.test(text)) return null;
  return /^[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?$/.test(text) ? Number(text) : text;
}

/** Where a JSON Pointer leads: a value, and the key that it, or the list it is in, stands under. */
export interface Located {
  readonly value: Value;
  /** Undefined for the whole file. */
  readonly key?: Text;
  readonly isInList: boolean;
  /** An entry of the value, by the name that it has in the data; undefined if it is no table. */
  readonly entry: (name: string) => Entry | undefined;
}

/** Finds values by the pointers of the schema's validator; each table is indexed once. */
export function createLocator(root: Table): (pointer: string) => Located {
  const indexes = new Map<Table, Map<string, Entry>>();

  const indexOf = (table: Table): Map<string, Entry> => {
    let index = indexes.get(table);
    if (index === undefined) {
      index = new Map(namedEntries(table));
      indexes.set(table, index);
    }
    return index;
  };

  const located = (value: Value, key: Text | undefined, isInList: boolean): Located => ({
    value,
    ...(key && { key }),
    isInList,
    entry: (name) => (value.kind === 'table' ? indexOf(value).get(name) : undefined),
  });

  const step = (from: Located, segment: string): Located => {
    if (from.value.kind === 'list') {
      return located(from.value.items[Number(segment)] ?? from.value, from.key, true);
    }
    const entry = from.entry(segment);
    return entry === undefined ? from : located(entry.value, entry.key, false);
  };

  return (pointer) => pathOf(pointer).reduce(step, located(root, undefined, false));
}

/** The segments of a JSON Pointer (RFC 6901, 3). */
export function pathOf(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((segment) => segment.replaceAll('~1', '/').replaceAll('~0', '~'));
}
