import {
  type Document,
  isMap,
  isPair,
  isScalar,
  type Pair,
  parseDocument,
  type Scalar,
  visit,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import { fieldNames } from '../records/aliasFields.ts';
import { lex } from '../syntax/lexeme.ts';
import { parse } from '../syntax/parse.ts';
import type { Value } from '../syntax/value.ts';
import { catchAll } from '../text/address.ts';
import { isPlain, quote } from '../text/quote.ts';
import { createSourceText } from '../text/source.ts';
import { lineWidth } from './write.ts';

/** Fields in the order in which a reader asks for them. */
const fieldOrder = [
  'domain',
  'aliasDomains',
  'filter',
  'domains',
  'protected',
  'allowedDomains',
  'guard',
  'aliases',
];
/** The printer may need several rounds until comments rest where they are. */
const rounds = 4;

/**
 * An alias file in its canonical style: two spaces a level, lists in one line where they fit, no needless quotes,
 * fields in one order. The aliases stay in their order, but for the catch-all, which is last. Comments are kept. What
 * is not YAML, or would not mean the same afterwards, comes back as it is.
 */
export function format(text: string): string {
  let before = withoutMark(text);
  if (parse(createSourceText('', before)).findings !== undefined) return text;
  for (let round = 0; round < rounds; round += 1) {
    const after = print(before);
    if (after === undefined || !sameMeaning(before, after)) return text;
    if (after === before) return after;
    before = after;
  }
  return text;
}

function withoutMark(text: string): string {
  return text.replace(/^\ufeff/, '').replaceAll('\r\n', '\n');
}

/** Undefined for a name without a colon between brackets, which the printer does not know. */
function print(text: string): string | undefined {
  const document = parseDocument(text, { schema: 'failsafe', uniqueKeys: false, prettyErrors: false });
  if (hasBareName(document)) return undefined;
  visit(document, {
    Scalar: (_, node) => {
      unquote(node);
    },
    Map: (_, node) => {
      node.flow = node.items.length === 0;
    },
    Seq: (_, node, path) => {
      node.flow = fits(node, path);
    },
  });
  if (isMap(document.contents)) {
    arrange(document.contents, fieldOrder);
    for (const { key, value } of document.contents.items) {
      if (isScalar(key) && key.value === 'aliases' && isMap(value)) arrangeAliases(value);
    }
  }
  const printed = document.toString({
    indent: 2,
    lineWidth: 0,
    flowCollectionPadding: false,
    singleQuote: false,
  });
  return printed.trimStart();
}

function hasBareName(document: Document): boolean {
  let found = false;
  visit(document, {
    Pair: (_, { value }) => {
      found ||= value === null;
    },
  });
  return found;
}

/** Whether a list can stand in one line after its name; `path` holds the nodes around it. */
function fits({ items, comment, commentBefore }: YAMLSeq, path: readonly unknown[]): boolean {
  if (comment || commentBefore) return false;
  const texts = items.map((item) => (isScalar(item) && isBare(item) ? quote(String(item.value)) : undefined));
  if (texts.includes(undefined)) return false;
  const indent = 2 * (path.filter((node) => isMap(node)).length - 1);
  const pair = path.at(-1);
  const name = isPair(pair) && isScalar(pair.key) ? quote(String(pair.key.value)) : '';
  return indent + `${name}: [${texts.join(', ')}]`.length <= lineWidth;
}

/** Whether a list's entry has nothing about it that one line could not hold. */
function isBare({ comment, commentBefore, type }: Scalar): boolean {
  return !comment && !commentBefore && type !== 'BLOCK_FOLDED' && type !== 'BLOCK_LITERAL';
}

function unquote(node: Scalar): void {
  if (node.type !== 'QUOTE_DOUBLE' && node.type !== 'QUOTE_SINGLE') return;
  node.type = typeof node.value === 'string' && isPlain(node.value) ? 'PLAIN' : 'QUOTE_DOUBLE';
}

/** Moves the known fields to the front, in order; what is unknown stays behind them as it was. */
function arrange(map: YAMLMap, order: readonly string[]): void {
  const rank = (pair: Pair): number => {
    const at = isScalar(pair.key) ? order.indexOf(String(pair.key.value)) : -1;
    return at < 0 ? order.length : at;
  };
  keepHeading(map, () => map.items.sort((a, b) => rank(a) - rank(b)));
}

/** A comment over the first field is about all of them, so it stays on top. */
function keepHeading(map: YAMLMap, move: () => void): void {
  const before = map.items[0]?.key;
  move();
  const after = map.items[0]?.key;
  if (before === after || !isScalar(before) || !isScalar(after) || !before.commentBefore) return;
  after.commentBefore = [before.commentBefore, after.commentBefore].filter(Boolean).join('\n');
  before.commentBefore = null;
}

function arrangeAliases(map: YAMLMap): void {
  const isCatchAll = (pair: Pair): boolean => isScalar(pair.key) && pair.key.value === catchAll;
  map.items.sort((a, b) => Number(isCatchAll(a)) - Number(isCatchAll(b)));
  for (const { value } of map.items) if (isMap(value)) arrange(value, fieldNames);
}

/** Whether two YAML texts say the same, whatever the order of their fields, and have the same comments. */
export function sameMeaning(a: string, b: string): boolean {
  return meaning(a) === meaning(b) && comments(a) === comments(b);
}

function meaning(text: string): string {
  const { value } = parse(createSourceText('', text));
  return value === undefined ? '' : JSON.stringify(plain(value));
}

/** Tables as sorted pairs, since a name may stand twice; a plain text and a quoted one differ where it matters. */
function plain(value: Value): unknown {
  switch (value.kind) {
    case 'nothing':
      return null;
    case 'text':
      return value.text;
    case 'list':
      return value.items.map(plain);
    case 'table':
      return {
        entries: value.entries
          .map(({ key, value: inner }) => JSON.stringify([key.text, plain(inner)]))
          .sort(),
      };
  }
}

function comments(text: string): string {
  const all = [...lex(text)].filter(({ kind }) => kind === 'comment').map((one) => one.text.trim());
  return all.sort().join('\n');
}
