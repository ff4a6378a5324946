import { kindOf, type LexemeKind } from './lexeme.ts';

/** Brackets that may be open at once. */
const openLimit = 32;
/** Punctuation marks in a row without a value between them, or values without a mark between them. */
const signLimit = 100;
/** Spaces before a line's first character, or lines alone could nest deeper than the call stack. */
const indentLimit = 200;

/** Why a text is not parsed. `start` is a UTF-16 offset, `sign` what is there. */
export interface Refusal {
  readonly reason: 'depth' | 'noise';
  readonly start: number;
  readonly sign: string;
}

export interface Guard {
  /** Takes the lexer's next piece; a refusal ends the reading. */
  admit(piece: string): Refusal | undefined;
  /** Whether a piece was of a kind that the alias language does without, such as an anchor, or a tab before a line. */
  hasSeenExtraordinary(): boolean;
}

/**
 * Watches the lexer's pieces on their way to the parser, whose time and memory grow with the square of the depth and
 * of runs of punctuation: 900 KB of commas would hold it for ten seconds and a gigabyte.
 */
export function createGuard(): Guard {
  let start = 0;
  let signs = 0;
  let values = 0;
  let open = 0;
  /** Spaces since the line began; undefined after the line's first other character. */
  let indent: number | undefined = 0;
  let documents = 0;
  let isScalar = false;
  let isExtraordinary = false;

  const admit = (piece: string): Refusal | undefined => {
    if (isScalar) {
      isScalar = false;
      isExtraordinary ||= piece === mergeKey;
      signs = 0;
      start += piece.length;
      return undefined;
    }
    const kind = kindOf(piece);
    const at = start;
    if (kind === 'marker') isScalar = true;
    else if (kind === 'document') documents += 1;
    else if (kind !== 'cut') start += piece.length;
    if (kind === 'newline') {
      indent = 0;
      return undefined;
    }
    if (kind === 'space') {
      if (indent !== undefined) {
        indent += piece.length;
        isExtraordinary ||= piece.includes('\t');
      }
      return undefined;
    }
    if (kind === 'comment' || kind === 'document') return undefined;
    const isTooFarIn = indent !== undefined && indent > indentLimit;
    indent = undefined;
    if (kind === 'open') open += 1;
    else if (kind === 'close') open = Math.max(0, open - 1);
    else if (kind === 'cut') open = 0;
    if (isTooFarIn || open > openLimit) return { reason: 'depth', start: at, sign: piece };
    if (kind === 'quoted' || kind === 'marker') {
      values += 1;
      signs = kind === 'quoted' ? 0 : signs;
    } else if (kind !== 'cut') {
      signs += 1;
      values = 0;
    }
    if (extraordinary.has(kind)) isExtraordinary = true;
    return signs > signLimit || values > signLimit ? { reason: 'noise', start: at, sign: piece } : undefined;
  };
  return { admit, hasSeenExtraordinary: () => isExtraordinary || documents > 1 };
}

/** As a name, it would mix another map into this one (YAML 1.1's merge key). */
export const mergeKey = '<<';

const extraordinary: ReadonlySet<LexemeKind> = new Set([
  'cut',
  'anchor',
  'alias',
  'tag',
  'directive',
  'document-start',
]);
