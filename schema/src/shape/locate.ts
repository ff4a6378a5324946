import type { Entry, Table, Text, Value } from '../syntax/value.ts';
import { namedEntries } from './data.ts';

/** Where a JSON Pointer leads: a value, and the key that it, or the list it is in, stands under. */
export interface Located {
  readonly value: Value;
  /** Undefined for the whole file. */
  readonly key?: Text;
  readonly isInList: boolean;
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

  const step = (from: Located, segment: string): Located => {
    if (from.value.kind === 'list') {
      return { ...from, value: from.value.items[Number(segment)] ?? from.value, isInList: true };
    }
    const entry = from.value.kind === 'table' ? indexOf(from.value).get(segment) : undefined;
    return entry === undefined ? from : { value: entry.value, key: entry.key, isInList: false };
  };

  return (pointer) =>
    pointer.split('/').slice(1).map(unescapeSegment).reduce(step, { value: root, isInList: false });
}

/** RFC 6901, 3. */
function unescapeSegment(segment: string): string {
  return segment.replaceAll('~1', '/').replaceAll('~0', '~');
}
