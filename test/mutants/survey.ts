/** A mutant that behaves as the code does, so that no test can tell them apart. */
export interface Equivalent {
  readonly file: string;
  /** The code that is changed, and what it becomes; white space counts as one space. */
  readonly from: string;
  readonly to: string;
  readonly why: string;
}

interface Position {
  /** From 1, as the column. */
  readonly line: number;
  readonly column: number;
}

/** What is read of Stryker's JSON report. */
export interface Report {
  readonly files: Readonly<
    Record<
      string,
      {
        readonly source: string;
        readonly mutants: readonly {
          readonly replacement?: string;
          readonly status: string;
          readonly location: { readonly start: Position; readonly end: Position };
        }[];
      }
    >
  >;
}

export interface Survivor {
  readonly file: string;
  readonly line: number;
  readonly from: string;
  readonly to: string;
}

export interface Survey {
  readonly survivors: readonly Survivor[];
  /** Entries for files of this run of which no mutant survives. */
  readonly stale: readonly Equivalent[];
  /** Equivalents are counted nowhere. */
  readonly rooms: ReadonlyMap<string, { readonly survived: number; readonly total: number }>;
}

/** What a run says once the equivalents are left out. A mutant that no test covers survives too. */
export function survey(
  { files }: Report,
  equivalents: readonly Equivalent[],
  roomOf: (file: string) => string,
): Survey {
  const survivors: Survivor[] = [];
  const used = new Set<Equivalent>();
  const rooms = new Map<string, { survived: number; total: number }>();
  for (const [file, { source, mutants }] of Object.entries(files)) {
    const room = rooms.get(roomOf(file)) ?? { survived: 0, total: 0 };
    rooms.set(roomOf(file), room);
    for (const { status, location, replacement = '' } of mutants) {
      if (!judged.has(status)) continue;
      const from = onOneLine(textAt(source, location));
      const to = onOneLine(replacement);
      if (noticed.has(status)) {
        room.total += 1;
        continue;
      }
      const known = equivalents.find((one) => one.file === file && one.from === from && one.to === to);
      if (known !== undefined) {
        used.add(known);
        continue;
      }
      room.total += 1;
      room.survived += 1;
      survivors.push({ file, line: location.start.line, from, to });
    }
  }
  const stale = equivalents.filter((one) => one.file in files && !used.has(one));
  return { survivors, stale, rooms };
}

const noticed: ReadonlySet<string> = new Set(['Killed', 'Timeout']);
const judged: ReadonlySet<string> = new Set([...noticed, 'Survived', 'NoCoverage']);

function textAt(
  source: string,
  { start, end }: { readonly start: Position; readonly end: Position },
): string {
  const lines = source.split('\n').slice(start.line - 1, end.line);
  const last = lines.length - 1;
  lines[last] = lines[last]?.slice(0, end.column - 1) ?? '';
  lines[0] = lines[0]?.slice(start.column - 1) ?? '';
  return lines.join('\n');
}

function onOneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
