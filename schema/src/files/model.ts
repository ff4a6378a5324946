import { type AliasType, aliasTypes, type Filter } from '../records/records.ts';
import type { List, Table, Text, Value } from '../syntax/value.ts';
import { catchAll, type Parsed, parseAddress, parseDomain, parseLocalPart } from '../text/address.ts';
import type { SourceFile, SourceText } from '../text/source.ts';

/** A text and what it means: folded, or the fault that keeps it from meaning anything. */
export interface Reading {
  readonly text: Text;
  readonly read: Parsed<string>;
}

/** An alias as a file has it. A destination reads as `local@domain`, or as `local` without an `@`. */
export interface AliasEntry {
  readonly name: Reading;
  readonly destinations: readonly Reading[];
  readonly type: AliasType;
  readonly active: boolean;
  readonly description?: Text;
  readonly owner?: Text;
  readonly expires?: Text;
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
  const filter = readFilter(fieldOf(root, 'filter'));
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
  let destinations: List | undefined;
  const fields = new Map<string, Text>();
  for (const { key: name, value } of table.entries) {
    if (value.kind === 'text') fields.set(name.text, value);
    else if (value.kind === 'list' && name.text === 'destinations') destinations = value;
  }
  const description = fields.get('description');
  const owner = fields.get('owner');
  const expires = fields.get('expires');
  const type = fields.get('type')?.text;
  return {
    name: reading(key, parseName),
    destinations: textsOf(destinations).map((text) => reading(text, parseDestination)),
    type: aliasTypes.find((one) => one === type) ?? 'person',
    active: fields.get('active')?.text.toLowerCase() !== 'false',
    ...(description === undefined ? {} : { description }),
    ...(owner === undefined ? {} : { owner }),
    ...(expires === undefined ? {} : { expires }),
  };
}

function parseName(text: string): Parsed<string> {
  return text === catchAll ? { value: catchAll } : parseLocalPart(text);
}

function parseDestination(text: string): Parsed<string> {
  return text.includes('@') ? parseAddress(text) : parseLocalPart(text);
}

function readFilter(value: Value | undefined): Filter | undefined {
  if (value?.kind === 'text') return value.text === 'strict' ? 'strict' : 'default';
  if (value?.kind !== 'table') return undefined;
  const chosen = (key: string): string | undefined => asText(fieldOf(value, key))?.text;
  const spf = (['drop', 'ignore'] as const).find((one) => one === chosen('spf'));
  const dkim = (['drop', 'ignore'] as const).find((one) => one === chosen('dkim'));
  const dmarc = (['bounce', 'drop', 'ignore'] as const).find((one) => one === chosen('dmarc-reject'));
  return { ...(spf && { spf }), ...(dkim && { dkim }), ...(dmarc && { 'dmarc-reject': dmarc }) };
}

function reading(text: Text, parse: (text: string) => Parsed<string>): Reading {
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
