import type { Entry, Table, Text, Value } from '../syntax/value.ts';
import { namedEntries } from './data.ts';

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

  return (pointer) =>
    pointer
      .split('/')
      .slice(1)
      .map(unescapeSegment)
      .reduce(step, located(root, undefined, false));
}

/** RFC 6901, 3. */
function unescapeSegment(segment: string): string {
  return segment.replaceAll('~1', '/').replaceAll('~0', '~');
}
