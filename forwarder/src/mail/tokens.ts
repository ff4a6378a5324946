import { isSpace } from './lines.ts';

/** A piece of an address list (RFC 5322 3.2). `text` is the content: a quoted string's without quotes and backslashes. */
export interface Token {
  readonly kind: 'word' | 'quoted' | 'comment' | 'literal' | ',' | ';' | ':' | '<' | '>';
  readonly text: string;
  /** Whether white space stands before it. */
  readonly isApart: boolean;
}

const separators = ',;:<>';
const ends = new Set([...separators, '"', '(', '[', ' ', '\t']);

/**
 * Cuts the unfolded value of an address field into tokens, whatever it holds. A control character belongs to its word,
 * so that what it cuts in two never passes for an address. A quote, bracket or parenthesis that nobody
 * closes is a character like any other; once one kind was found open to the end it is not searched for again, so that
 * the time is linear in the text. One at a time: a list of a megabyte has a million of them.
 */
export function* tokenize(text: string): Generator<Token> {
  const open = new Set<string>();
  let isApart = false;
  for (let at = 0; at < text.length; ) {
    const character = text.charAt(at);
    if (isSpace(character)) {
      isApart = true;
      at += 1;
      continue;
    }
    if (separators.includes(character)) {
      yield { kind: character as ',', text: character, isApart };
      at += 1;
    } else {
      const enclosed = open.has(character) ? undefined : readEnclosed(text, at);
      if (enclosed === 'open') open.add(character);
      const piece = typeof enclosed === 'object' ? enclosed : readWord(text, at);
      yield { kind: piece.kind, text: piece.text, isApart };
      at = piece.end;
    }
    isApart = false;
  }
}

interface Piece {
  readonly kind: 'word' | 'quoted' | 'comment' | 'literal';
  readonly text: string;
  /** Index after its last character. */
  readonly end: number;
}

function readEnclosed(text: string, at: number): Piece | 'open' | undefined {
  switch (text[at]) {
    case '"':
      return readQuoted(text, at);
    case '(':
      return readComment(text, at);
    case '[':
      return readLiteral(text, at);
    default:
      return undefined;
  }
}

function readQuoted(text: string, start: number): Piece | 'open' {
  const parts: string[] = [];
  let from = start + 1;
  for (let at = from; at < text.length; at += 1) {
    if (text[at] === '\\') {
      parts.push(text.slice(from, at));
      at += 1;
      from = at;
    } else if (text[at] === '"') {
      parts.push(text.slice(from, at));
      return { kind: 'quoted', text: parts.join(''), end: at + 1 };
    }
  }
  return 'open';
}

/** Comments nest (RFC 5322 3.2.2); the inner ones keep their parentheses. */
function readComment(text: string, start: number): Piece | 'open' {
  const parts: string[] = [];
  let from = start + 1;
  let depth = 1;
  for (let at = from; at < text.length; at += 1) {
    if (text[at] === '\\') {
      parts.push(text.slice(from, at));
      at += 1;
      from = at;
    } else if (text[at] === '(') {
      depth += 1;
    } else if (text[at] === ')') {
      depth -= 1;
      if (depth > 0) continue;
      parts.push(text.slice(from, at));
      return { kind: 'comment', text: parts.join(''), end: at + 1 };
    }
  }
  return 'open';
}

function readLiteral(text: string, start: number): Piece | 'open' {
  const end = text.indexOf(']', start) + 1;
  return end > 0 ? { kind: 'literal', text: text.slice(start, end), end } : 'open';
}

/** An encoded-word is one word, also with separators in it, which some programs do not encode. */
function readWord(text: string, start: number): Piece {
  let end = endOfEncodedWord(text, start) ?? start + 1;
  while (end < text.length && !ends.has(text.charAt(end))) end += 1;
  return { kind: 'word', text: text.slice(start, end), end };
}

function endOfEncodedWord(text: string, start: number): number | undefined {
  if (!text.startsWith('=?', start)) return undefined;
  const word = /=\?[!->@-~]*\?[bq]\?[^? \t]*\?=/iy;
  word.lastIndex = start;
  return word.test(text) ? word.lastIndex : undefined;
}
