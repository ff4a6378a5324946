import { Lexer } from 'yaml';

export type LexemeKind =
  | 'scalar'
  | 'quoted'
  | 'open'
  | 'close'
  | 'cut'
  | 'comma'
  | 'indicator'
  | 'anchor'
  | 'alias'
  | 'tag'
  | 'directive'
  | 'document'
  | 'document-start'
  | 'document-end'
  | 'newline'
  | 'space'
  | 'comment'
  | 'block-header'
  | 'marker'
  | 'stray';

/** A piece of text as the YAML lexer cuts it. `start` is a UTF-16 offset. */
export interface Lexeme {
  readonly kind: LexemeKind;
  readonly text: string;
  readonly start: number;
}

/**
 * Cuts a text into lexemes. The lexer's own marks have no width: `document` before a document's first lexeme, `cut`
 * where brackets end without being closed, `marker` before a scalar.
 */
export function* lex(text: string): Generator<Lexeme> {
  let start = 0;
  let isScalar = false;
  for (const piece of new Lexer().lex(text)) {
    const kind: LexemeKind = isScalar ? 'scalar' : kindOf(piece);
    isScalar = kind === 'marker';
    if (isWidthless(kind)) {
      yield { kind, text: '', start };
    } else {
      yield { kind, text: piece, start };
      start += piece.length;
    }
  }
}

function isWidthless(kind: LexemeKind): boolean {
  return kind === 'document' || kind === 'cut' || kind === 'marker';
}

const kinds: Readonly<Record<string, LexemeKind>> = {
  '\x02': 'document',
  '\x18': 'cut',
  '\x1f': 'marker',
  '\n': 'newline',
  '\r': 'newline',
  ' ': 'space',
  '\t': 'space',
  '#': 'comment',
  '"': 'quoted',
  "'": 'quoted',
  '[': 'open',
  '{': 'open',
  ']': 'close',
  '}': 'close',
  ',': 'comma',
  '?': 'indicator',
  ':': 'indicator',
  '-': 'indicator',
  '&': 'anchor',
  '*': 'alias',
  '!': 'tag',
  '%': 'directive',
  '|': 'block-header',
  '>': 'block-header',
};

/** The kind of a piece that is not a plain or block scalar's text, by its first character. */
export function kindOf(piece: string): LexemeKind {
  if (piece === '---') return 'document-start';
  if (piece === '...') return 'document-end';
  return kinds[piece[0] ?? ''] ?? 'stray';
}
