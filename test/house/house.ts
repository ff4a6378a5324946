import { posix } from 'node:path';

/** A source file by its path from the root of the repository, with slashes. */
export interface Source {
  readonly path: string;
  readonly text: string;
}

/** What is wrong with the house, one line each: `PATH:LINE: SENTENCE`, or a sentence alone where no line is to blame. */
export function faultsOf(
  sources: readonly Source[],
  arrows: Readonly<Record<string, readonly string[]>>,
): string[] {
  const imports = sources.flatMap(importsOf);
  return [
    ...roomsWithoutArrows(sources, arrows),
    ...imports.flatMap((one) => wrongArrow(one, arrows)),
    ...circlesOf(imports, (path) => path).map((circle) => `These files import each other: ${circle}.`),
    ...circlesOf(imports, roomOf).map((circle) => `These folders import each other: ${circle}.`),
    ...namesTwice(sources),
  ];
}

interface Import {
  readonly from: string;
  readonly to: string;
  readonly line: number;
}

/** Imports, type imports, side-effect imports, re-exports and `import()` of files of this repository. */
function importsOf({ path, text }: Source): Import[] {
  return [...text.matchAll(/(?:\bfrom |\bimport |\bimport\()'(\.[^']+)'/g)].map((found) => ({
    from: path,
    to: posix.join(posix.dirname(path), found[1] ?? ''),
    line: text.slice(0, found.index).split('\n').length,
  }));
}

export function roomOf(path: string): string {
  return posix.dirname(path);
}

/** A room that nobody listed would be free to import anything. */
function roomsWithoutArrows(
  sources: readonly Source[],
  arrows: Readonly<Record<string, readonly string[]>>,
): string[] {
  const rooms = new Set(sources.map(({ path }) => roomOf(path)));
  return [...rooms]
    .filter((room) => !Object.hasOwn(arrows, room))
    .sort()
    .map((room) => `${room} is not in test/house/arrows.ts.`);
}

function wrongArrow(
  { from, to, line }: Import,
  arrows: Readonly<Record<string, readonly string[]>>,
): string[] {
  const room = roomOf(from);
  const target = roomOf(to);
  const allowed = arrows[room];
  if (allowed === undefined || room === target) return [];
  const isAllowed = allowed.some((one) =>
    one.endsWith('/**') ? `${target}/`.startsWith(one.slice(0, -2)) : one === target,
  );
  return isAllowed ? [] : [`${from}:${line}: ${room} does not import ${target}: see test/house/arrows.ts.`];
}

/** The groups that lead back to themselves, each as a sorted list. */
function circlesOf(imports: readonly Import[], nodeOf: (path: string) => string): string[] {
  const targets = new Map<string, Set<string>>();
  for (const { from, to } of imports) {
    const [node, target] = [nodeOf(from), nodeOf(to)];
    if (node === target) continue;
    targets.set(node, (targets.get(node) ?? new Set()).add(target));
  }
  const reach = new Map([...targets.keys()].map((node) => [node, reachOf(node, targets)]));
  const circles = new Set<string>();
  for (const [node, reached] of reach) {
    if (!reached.has(node)) continue;
    const group = [...reached].filter((other) => reach.get(other)?.has(node) === true);
    circles.add(group.sort().join(', '));
  }
  return [...circles].sort();
}

function reachOf(start: string, targets: ReadonlyMap<string, ReadonlySet<string>>): Set<string> {
  const reached = new Set<string>();
  const open = [...(targets.get(start) ?? [])];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (reached.has(next)) continue;
    reached.add(next);
    open.push(...(targets.get(next) ?? []));
  }
  return reached;
}

/** Commands and functions may be called as the idea that they run. */
const named = /^(?:action\/src\/(?:terminal|github)|forwarder\/src\/(?:cli|functions))\//;

function namesTwice(sources: readonly Source[]): string[] {
  const known = new Map<string, string[]>();
  for (const { path } of sources) {
    if (named.test(path)) continue;
    const key = `${path.split('/')[0]} ${posix.basename(path)}`;
    known.set(key, [...(known.get(key) ?? []), path]);
  }
  return [...known.values()]
    .filter(({ length }) => length > 1)
    .map((paths) => `These files have one name, and one side: ${paths.sort().join(', ')}.`);
}
