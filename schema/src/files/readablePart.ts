import { namedEntries, repeatedName } from '../shape/data.ts';
import type { Mistake, Shape } from '../shape/validate.ts';
import type { Entry, Table } from '../syntax/value.ts';

export interface ReadablePart {
  readonly root: Table;
  /** The names, as written, of the aliases that are left out. */
  readonly unread: readonly string[];
}

/**
 * What the rules can judge of a file with mistakes of shape, without telling as a mistake what only follows from one.
 * A mistake within an alias concerns that alias; so does an alias that stands too far out or in, as a field that is
 * unknown. One in `filter` concerns nobody else. With any other, nobody knows which domain the file is for, or which
 * aliases and alias domains it has: undefined.
 */
export function readablePart(
  shape: Shape,
  root: Table,
  mistakes: readonly Mistake[],
): ReadablePart | undefined {
  if (mistakes.length === 0) return { root, unread: [] };
  if (shape !== 'domain' && shape !== 'shared') return undefined;
  const fields = new Map(namedEntries(root));
  const aliases = fields.get('aliases')?.value;
  if (aliases?.kind !== 'table') return undefined;
  const wrongAliases = new Set<string>();
  const strays: Entry[] = [];
  let isFilterWrong = false;
  for (const { path } of mistakes) {
    const [field = '', alias] = path;
    const stray = fields.get(field);
    if (field === 'aliases' && alias !== undefined) wrongAliases.add(alias);
    else if (path.length === 1 && stray !== undefined && mayBeAlias(field, stray)) strays.push(stray);
    else if (field === 'filter') isFilterWrong = true;
    else return undefined;
  }
  const named = [...namedEntries(aliases)];
  const wrong = named.flatMap(([name, entry]) => (wrongAliases.has(name) ? [entry] : []));
  const right = named.flatMap(([name, entry]) => (wrongAliases.has(name) ? [] : [entry]));
  return {
    root: {
      ...root,
      entries: root.entries
        .filter(({ key }) => key.text !== 'filter' || !isFilterWrong)
        .map(({ key, value }) => ({
          key,
          value: value === aliases ? { ...aliases, entries: right } : value,
        })),
    },
    unread: [...wrong, ...wrong.flatMap(within), ...strays, ...strays.flatMap(within)].map(
      ({ key }) => key.text,
    ),
  };
}

/** A field of the file that is none, and that its writer may have meant as an alias. */
function mayBeAlias(field: string, { value }: Entry): boolean {
  return (
    !fileFields.has(field) &&
    repeatedName(field) === undefined &&
    (value.kind === 'table' || value.kind === 'nothing')
  );
}

const fileFields: ReadonlySet<string> = new Set(['domain', 'aliasDomains', 'aliases', 'filter']);

/** What stands in an alias as a field, and may be an alias that is indented too far. */
function within({ value }: Entry): readonly Entry[] {
  return value.kind === 'table' ? value.entries : [];
}
