import { type Checked, check, type SourceFile } from '../../../schema/src/check.ts';
import { createDirectory, type Moment } from '../../../schema/src/directory/resolve.ts';
import type { Definition, Records } from '../../../schema/src/records/records.ts';
import { foldName, parseDestination } from '../../../schema/src/text/address.ts';
import type { Diagnostic } from '../../../schema/src/text/diagnostic.ts';
import { meaningsOf } from '../plan/sameDestinations.ts';
import { filesOf } from './imported.ts';

export interface Writable {
  readonly files: readonly SourceFile[];
  readonly checked: Checked;
  /** What is left out, each with its reason. */
  readonly left: readonly string[];
}

/**
 * Files that say what the records say and that `check` has nothing against: what it refuses is left out, the smallest
 * part that will do. Destinations that mean the same are written once.
 */
export function withoutMistakes(given: Records, moment: Moment, folder: string): Writable {
  let records = withoutTwins(given);
  const left: string[] = [];
  for (;;) {
    const files = filesOf(records, folder);
    const checked = check(files, { ...moment, folder, language: 'en' });
    const mistakes = checked.diagnostics.filter(({ severity }) => severity === 'error');
    const next = mistakes.reduce((so, mistake) => without(so, mistake, files, left), records);
    if (next === records) return { files, checked, left };
    records = next;
  }
}

/** A destination that stands there twice, as `john` and `john@own`, reaches nobody twice. */
function withoutTwins(records: Records): Records {
  const directory = createDirectory(records);
  const definitions = records.definitions.map((definition): Definition => {
    const firsts = meaningsOf(definition, directory);
    return firsts.size === definition.destinations.length
      ? definition
      : { ...definition, destinations: [...firsts.values()] };
  });
  return { ...records, definitions };
}

/** Leaves out what a mistake is about: a destination, an alias, an alias domain, or the whole domain. */
function without(
  records: Records,
  mistake: Diagnostic,
  files: readonly SourceFile[],
  left: string[],
): Records {
  const file = files.find(({ path }) => path === mistake.file);
  if (file === undefined) return records;
  const domain = file.name.replace(/\.yml$/, '');
  const lines = Buffer.from(file.bytes).toString().split('\n');
  const alias = aliasAt(lines, mistake.start.line);
  const text = textAt(lines, mistake);
  const because = (what: string) => left.push(`${what} is left out: ${mistake.message}`);
  if (alias === undefined) {
    const isGone = [...records.definitions, ...records.domains].every((row) => row.domain !== domain);
    if (isGone) return records;
    const aliasDomain = records.domains.find((row) => row.aliasfor === domain && row.domain === text);
    because(aliasDomain === undefined ? domain : `The alias domain ${aliasDomain.domain}`);
    return {
      definitions: records.definitions.filter((row) => aliasDomain !== undefined || row.domain !== domain),
      domains: records.domains.filter((row) =>
        aliasDomain === undefined ? row.domain !== domain && row.aliasfor !== domain : row !== aliasDomain,
      ),
    };
  }
  const definition = records.definitions.find((row) => row.domain === domain && row.alias === alias);
  // Another mistake was about the same, and it has gone by now.
  if (definition === undefined) return records;
  const destinations = definition.destinations.filter((one) => canonical(one) !== text);
  const isDestination = destinations.length < definition.destinations.length;
  because(isDestination ? `${alias}@${domain}: the destination \`${text}\`` : `${alias}@${domain}`);
  const others = records.definitions.filter((row) => row !== definition);
  return {
    ...records,
    definitions: isDestination ? [...others, { ...definition, destinations }] : others,
  };
}

/** The alias whose lines these are, in the form in which files are written; undefined above the first. */
function aliasAt(lines: readonly string[], line: number): string | undefined {
  const heading = lines.slice(0, line).findLast((one) => /^(?: {2})?\S/.test(one));
  return heading === undefined || !heading.startsWith('  ')
    ? undefined
    : unquoted(heading.trim().slice(0, -1));
}

function textAt(lines: readonly string[], { start, end }: Diagnostic): string {
  const line = lines[start.line - 1] ?? '';
  const text = unquoted(line.slice(start.column - 1, start.line === end.line ? end.column - 1 : undefined));
  return canonical(text);
}

function canonical(text: string): string {
  return parseDestination(text).value?.text ?? foldName(text);
}

function unquoted(text: string): string {
  return text.startsWith('"') ? String(JSON.parse(text)) : text;
}
