import { type Document, isMap, isScalar, type Pair, parseDocument, visit, type YAMLMap } from 'yaml';
import { type AliasFields, type Definition, fieldEntries } from '../records/aliasFields.ts';
import { foldName } from '../text/address.ts';
import { format } from './format.ts';

/** What an alias is to say in a file; undefined takes it out of the file. */
export interface AliasEdit {
  readonly alias: string;
  readonly fields: AliasFields | undefined;
}

/**
 * A domain file that says something else of some aliases, in canonical style. Comments stay, but for those of an alias
 * that goes. A file that is no YAML comes back as it is.
 */
export function editAliases(text: string, edits: readonly AliasEdit[]): string {
  const document = parseDocument(text.replaceAll('\r\n', '\n'), {
    schema: 'failsafe',
    uniqueKeys: false,
    prettyErrors: false,
  });
  const { contents } = document;
  if (document.errors.length > 0 || !isMap(contents)) return text;
  const aliases = mapIn(document, contents, 'aliases');
  for (const { alias, fields } of edits) {
    if (fields === undefined) aliases.items = aliases.items.filter((pair) => nameOf(pair) !== alias);
    else setFields(document, aliases, alias, fields);
  }
  aliases.flow = aliases.items.length === 0;
  return format(document.toString({ indent: 2, lineWidth: 0, flowCollectionPadding: false }));
}

function nameOf({ key }: Pair): string {
  return isScalar(key) ? foldName(String(key.value)) : '';
}

/** A field's map, made where there is none. */
function mapIn(document: Document, map: YAMLMap, name: string): YAMLMap {
  const known = map.get(name);
  if (isMap(known)) return known;
  const made = document.createNode({}) as YAMLMap;
  map.set(name, made);
  return made;
}

/** Sets what differs, so that comments beside the rest stay. */
function setFields(document: Document, aliases: YAMLMap, alias: string, fields: AliasFields): void {
  const written = aliases.items.find((pair) => nameOf(pair) === alias)?.key;
  const own = mapIn(document, aliases, isScalar(written) ? String(written.value) : alias);
  own.flow = false;
  for (const [name, field] of fieldEntries) {
    const value: Definition[typeof name] = fields[name];
    const isUsual = field.kind === 'flag' && value === field.otherwise;
    if (value === undefined || isUsual) own.delete(name);
    else if (typeof value === 'boolean') own.set(name, String(value));
    else setTexts(document, own, name, typeof value === 'object' ? [...value] : value);
  }
}

function setTexts(document: Document, map: YAMLMap, name: string, value: string | string[]): void {
  const node = document.createNode(value);
  // Whatever needs no quotes loses them to the style.
  visit(node, {
    Scalar: (_, one) => {
      one.type = 'QUOTE_DOUBLE';
    },
  });
  if (JSON.stringify(map.get(name, true)) !== JSON.stringify(node)) map.set(name, node);
}
