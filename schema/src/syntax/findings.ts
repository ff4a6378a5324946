import { say } from '../messages/message.ts';
import { type Corrected, replaced, withoutLine } from '../text/correction.ts';
import type { Finding } from '../text/diagnostic.ts';
import { type Place, type SourceText, spanOf } from '../text/source.ts';
import { mergeKey } from './guard.ts';
import { type Lexeme, lex } from './lexeme.ts';

/** Beyond this many findings the parser is not asked for its own complaints: they would take as long again. */
export const findingLimit = 10_000;

/** What is wrong with a text that the parser would not report, or not where it begins. */
export function findings(source: SourceText): readonly Finding[] {
  const lexemes = [...lex(source.text)];
  return [...refused(source, lexemes), ...tabs(source, lexemes), ...unclosed(source, lexemes)];
}

/** What YAML has and the alias language does without, each where it is, so that a file means what it shows. */
function* refused(source: SourceText, lexemes: readonly Lexeme[]): Generator<Finding> {
  let documents = 0;
  let hasContent = false;
  for (const lexeme of lexemes) {
    if (lexeme.kind === 'document') documents += 1;
    const isSecond =
      lexeme.kind === 'document' ? documents > 1 : lexeme.kind === 'document-start' && hasContent;
    hasContent ||= lexeme.kind === 'scalar' || lexeme.kind === 'quoted' || lexeme.kind === 'open';
    const fault = isSecond ? secondDocument : faults[lexeme.kind]?.(lexeme.text);
    if (fault === undefined) continue;
    const end = lexeme.start + Math.max(1, lexeme.text.length);
    const place = { source, start: lexeme.start, end };
    yield { severity: 'error', ...fault, ...corrected(lexeme, place), ...spanOf(place) };
  }
}

/** Where there is one way to mend it. */
function corrected({ kind, text }: Lexeme, place: Place): Corrected {
  if (kind === 'directive') return withoutLine(place);
  return kind === 'alias' && /^\*:?$/.test(text) ? replaced(place, text.replace('*', '"*"')) : {};
}

type Fault = Pick<Finding, 'code' | 'message' | 'help'>;

const secondDocument: Fault = {
  code: 'yaml-document',
  message: say('A second YAML document starts here, but a file describes one domain in one document.'),
  help: say('delete the line `---` or `...`, or move what follows it to another file'),
};

const faults: { readonly [kind in Lexeme['kind']]?: (text: string) => Fault | undefined } = {
  anchor: (text) => ({
    code: 'yaml-anchor',
    message: say(
      '`{text}` is a YAML anchor, which alias files do not allow: each alias says in full who gets its mail.',
      { text },
    ),
    help: say('delete `{text}`, or quote it if it is meant literally: "{text}"', { text }),
  }),
  alias: (text) =>
    text === '*' || text === '*:'
      ? {
          code: 'yaml-alias',
          message: say(
            'The catch-all `*` must be in quotes, because a bare `*` has another meaning in YAML.',
          ),
          help: text === '*' ? say('write "*"') : say('write "*":'),
        }
      : {
          code: 'yaml-alias',
          message: say(
            '`{text}` refers to a YAML anchor, which alias files do not allow: each alias says in full who gets its mail.',
            { text },
          ),
          help: say('write it out in full, or quote it if it is meant literally: "{text}"', { text }),
        },
  tag: (text) => ({
    code: 'yaml-tag',
    message: say(
      '`{text}` is a YAML tag, which alias files do not allow: everything in them is plain text.',
      { text },
    ),
    help: say('delete `{text}`, or quote it if it is meant literally: "{text}"', { text }),
  }),
  scalar: (text) =>
    text === mergeKey
      ? {
          code: 'yaml-merge-key',
          message: say(
            '`<<` is a YAML merge key, which alias files do not allow: each alias says in full who gets its mail.',
          ),
          help: say('write it out in full'),
        }
      : undefined,
  directive: (text) => ({
    code: 'yaml-directive',
    message: say('`{text}` is a YAML directive, which alias files do not allow.', { text }),
    help: say('delete the line'),
  }),
};

/** Tabs before a line's first character: in YAML only spaces show what belongs to what (YAML 1.2.2, 6.1). */
function* tabs(source: SourceText, lexemes: readonly Lexeme[]): Generator<Finding> {
  let isIndent = true;
  let tab: number | undefined;
  for (const { kind, text, start } of lexemes) {
    if (kind === 'newline' || kind === 'document') {
      isIndent = true;
      tab = undefined;
    } else if (kind === 'space') {
      if (isIndent && tab === undefined && text.includes('\t')) tab = start + text.indexOf('\t');
    } else {
      if (tab !== undefined && kind !== 'comment') yield tabAt(source, tab);
      isIndent = false;
      tab = undefined;
    }
  }
}

function tabAt(source: SourceText, start: number): Finding {
  return {
    code: 'yaml-tab',
    severity: 'error',
    message: say('This line is indented with a tab, but YAML indents with spaces only.'),
    help: say('replace the tab with two spaces for each level'),
    ...spanOf({ source, start, end: start + 1 }),
  };
}

/** Brackets and quotes that are opened and never closed, reported where they open. */
function* unclosed(source: SourceText, lexemes: readonly Lexeme[]): Generator<Finding> {
  const open: Lexeme[] = [];
  for (const lexeme of lexemes) {
    if (lexeme.kind === 'open') open.push(lexeme);
    else if (lexeme.kind === 'close') open.pop();
    else if (lexeme.kind === 'quoted' && !isClosed(lexeme.text)) yield openQuote(source, lexeme);
    else if (lexeme.kind === 'cut') {
      for (const bracket of open) yield openBracket(source, bracket);
      open.length = 0;
    }
  }
}

/** A single quote is doubled to stand inside single quotes, a double one has a backslash before it. */
function isClosed(text: string): boolean {
  const quote = text[0] ?? '';
  const inside = text.slice(1).replaceAll(quote === "'" ? /''/g : /\\[\s\S]/g, '');
  return inside !== '' && inside.indexOf(quote) === inside.length - 1;
}

function openQuote(source: SourceText, { text, start }: Lexeme): Finding {
  const quote = text[0] ?? '';
  return {
    code: 'yaml-quote',
    severity: 'error',
    message: say('The quotation mark {quote} that opens here is never closed.', { quote }),
    help: say('put {quote} at the end of the text, or omit the quotation marks', { quote }),
    ...spanOf({ source, start, end: start + 1 }),
  };
}

function openBracket(source: SourceText, { text, start }: Lexeme): Finding {
  const isList = text === '[';
  const parts = { opening: text, closing: isList ? ']' : '}' };
  return {
    code: 'yaml-bracket',
    severity: 'error',
    message: isList
      ? say('This list starts with `{opening}`, but is never closed with `{closing}`.', parts)
      : say('This map starts with `{opening}`, but is never closed with `{closing}`.', parts),
    help: isCommented(source, start)
      ? say('put `{closing}` before the `#`, which starts a comment', parts)
      : isList
        ? say('put `{closing}` at the end of the list', parts)
        : say('put `{closing}` at the end of the map', parts),
    ...(isList && closedList(source, start)),
    ...spanOf({ source, start, end: start + 1 }),
  };
}

/** A list of plain entries that the line ends, where the next line is a field or an alias: it ends with the line. */
function closedList(source: SourceText, start: number): Corrected {
  const [, entries = '', next = ''] =
    /\[([^[\]{}#"':\n]*)\n?(.*)/.exec(source.text.slice(start, start + 1_000)) ?? [];
  const isWhole = /[^\s,]\s*$/.test(entries) && (next.trim() === '' || /^ *\S+:(?: |\r?$)/.test(next));
  return isWhole
    ? replaced({ source, start, end: start + 1 + entries.length }, `[${entries.trimEnd()}]`)
    : {};
}

/** Whether a comment ends the line in which a bracket opens. */
function isCommented({ text }: SourceText, start: number): boolean {
  const end = text.indexOf('\n', start);
  return text
    .slice(start, end < 0 ? undefined : end)
    .slice(0, 1_000)
    .includes(' #');
}
