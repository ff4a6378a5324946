import {
  type AliasFields,
  type Field,
  type FieldName,
  readFields,
  storedForm,
} from '../records/aliasFields.ts';
import { type Filter, filterChoices, readFilter } from '../records/records.ts';
import type { List, Table, Text, Value } from '../syntax/value.ts';
import {
  catchAll,
  type Destination,
  type Parsed,
  parseDestination,
  parseDomain,
  parseLocalPart,
} from '../text/address.ts';
import type { SourceFile, SourceText } from '../text/source.ts';

/** A text and what it means: folded, or the fault that keeps it from meaning anything. */
export interface Reading<T = string> {
  readonly text: Text;
  readonly read: Parsed<T>;
}

/** An alias as a file has it. */
export interface AliasEntry {
  readonly name: Reading;
  readonly destinations: readonly Reading<Destination>[];
  /** The fields that are one text, as written. */
  readonly texts: ReadonlyMap<FieldName, Text>;
  /** What all fields mean; destinations that mean nothing are left out. */
  readonly fields: AliasFields;
}

/** `_shared.yml`, and what a domain file has in common with it. */
export interface AliasFile {
  readonly file: SourceFile;
  readonly source: SourceText;
  readonly aliases: readonly AliasEntry[];
}

export interface DomainFile extends AliasFile {
  readonly domain: Reading;
  readonly aliasDomains: readonly Reading[];
  readonly filter?: Filter;
}

/** Reads a domain file whose shape is right. */
export function readDomainFile(file: SourceFile, root: Table): DomainFile {
  const domain = fieldOf(root, 'domain');
  const filter = filterOf(fieldOf(root, 'filter'));
  return {
    ...readAliasFile(file, root),
    domain: reading(asText(domain) ?? { ...root, kind: 'text', text: '', plain: true }, parseDomain),
    aliasDomains: textsOf(fieldOf(root, 'aliasDomains')).map((text) => reading(text, parseDomain)),
    ...(filter === undefined ? {} : { filter }),
  };
}

/** Reads `_shared.yml`, or the aliases of a domain file. */
export function readAliasFile(file: SourceFile, root: Table): AliasFile {
  const aliases = fieldOf(root, 'aliases');
  const entries = aliases?.kind === 'table' ? aliases.entries : [];
  return {
    file,
    source: root.source,
    aliases: entries.flatMap(({ key, value }) => (value.kind === 'table' ? [readAlias(key, value)] : [])),
  };
}

function readAlias(key: Text, table: Table): AliasEntry {
  let list: List | undefined;
  const texts = new Map<FieldName, Text>();
  for (const { key: name, value } of table.entries) {
    if (value.kind === 'text') texts.set(name.text as FieldName, value);
    else if (value.kind === 'list' && name.text === 'destinations') list = value;
  }
  const destinations = textsOf(list).map((text) => reading(text, parseDestination));
  const understood = destinations.flatMap(({ read }) => (read.value === undefined ? [] : [read.value]));
  const fields = {
    ...readFields((name, field) => plainOf(field, texts.get(name)?.text)),
    destinations: storedForm(understood),
  };
  return { name: reading(key, parseName), destinations, texts, fields };
}

/** An empty text says as little as none. */
function plainOf({ kind }: Field, text: string | undefined): string | boolean | undefined {
  if (text === undefined || text === '') return undefined;
  return kind === 'flag' ? text.toLowerCase() !== 'false' : text;
}

function parseName(text: string): Parsed<string> {
  return text === catchAll ? { value: catchAll } : parseLocalPart(text);
}

function filterOf(value: Value | undefined): Filter | undefined {
  if (value?.kind === 'text') return readFilter(value.text) ?? 'default';
  if (value?.kind !== 'table') return undefined;
  const checks = Object.keys(filterChoices);
  return readFilter(Object.fromEntries(checks.map((check) => [check, asText(fieldOf(value, check))?.text])));
}

function reading<T>(text: Text, parse: (text: string) => Parsed<T>): Reading<T> {
  return { text, read: parse(text.text) };
}

export function fieldOf(table: Table, name: string): Value | undefined {
  return table.entries.find(({ key }) => key.text === name)?.value;
}

export function textsOf(value: Value | undefined): Text[] {
  return value?.kind === 'list' ? value.items.filter((item) => item.kind === 'text') : [];
}

function asText(value: Value | undefined): Text | undefined {
  return value?.kind === 'text' ? value : undefined;
}
