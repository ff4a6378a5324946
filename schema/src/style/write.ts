import { type Definition, type Field, type FieldName, fieldEntries } from '../records/aliasFields.ts';
import type { Filter } from '../records/records.ts';
import { catchAll } from '../text/address.ts';
import { compareText } from '../text/diagnostic.ts';
import { quote } from '../text/quote.ts';

/** A list stands in one line as long as the line is not longer. */
export const lineWidth = 100;

/**
 * A domain file that says what the records say, in canonical style: aliases by name, the catch-all last. A record's
 * own domain is left out of its destinations where it stands as it was written.
 */
export function writeDomainFile(
  domain: string,
  definitions: readonly Definition[],
  aliasDomains: readonly string[],
  filter?: Filter,
): string {
  const sorted = [...definitions].sort(
    (a, b) => Number(a.alias === catchAll) - Number(b.alias === catchAll) || compareText(a.alias, b.alias),
  );
  return [
    '# yaml-language-server: $schema=../schema/domain.schema.json',
    `domain: ${quote(domain)}`,
    ...(aliasDomains.length === 0 ? [] : writeList('', 'aliasDomains', [...aliasDomains].sort(compareText))),
    ...writeFilter(filter),
    definitions.length === 0 ? 'aliases: {}' : 'aliases:',
    ...sorted.flatMap(writeAlias),
    '',
  ].join('\n');
}

function writeFilter(filter: Filter | undefined): string[] {
  if (filter === undefined) return [];
  if (typeof filter === 'string') return [`filter: ${filter}`];
  const choices = Object.entries(filter);
  return choices.length === 0
    ? []
    : ['filter:', ...choices.map(([check, choice]) => `  ${check}: ${choice}`)];
}

function writeAlias(definition: Definition): string[] {
  return [
    `  ${quote(definition.alias)}:`,
    ...fieldEntries.flatMap(([name, field]) => writeField(name, field, definition[name])),
  ];
}

/** A flag is left out where it says what holds without it. */
function writeField(name: FieldName, field: Field, value: Definition[FieldName]): string[] {
  if (value === undefined || (field.kind === 'flag' && value === field.otherwise)) return [];
  if (typeof value === 'object') return writeList('    ', name, value);
  return [`    ${name}: ${typeof value === 'string' ? quote(value) : value}`];
}

/** In one line where it fits, else a line for each entry. */
function writeList(indent: string, name: string, entries: readonly string[]): string[] {
  const line = `${indent}${name}: [${entries.map(quote).join(', ')}]`;
  if (line.length <= lineWidth) return [line];
  return [`${indent}${name}:`, ...entries.map((entry) => `${indent}  - ${quote(entry)}`)];
}
