import type { Diagnostic } from '../text/diagnostic.ts';
import { type SourceText, spanOf } from '../text/source.ts';
import type { Lexeme } from './lexeme.ts';

/** Brackets and quotes that are opened and never closed, reported where they open. */
export function* unclosed(source: SourceText, lexemes: readonly Lexeme[]): Generator<Diagnostic> {
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

function openQuote(source: SourceText, { text, start }: Lexeme): Diagnostic {
  const quote = text[0] ?? '';
  return {
    code: 'yaml-quote',
    severity: 'error',
    message: `The quotation mark ${quote} that opens here is never closed.`,
    help: `put ${quote} at the end of the text, or omit the quotation marks`,
    ...spanOf({ source, start, end: start + 1 }),
  };
}

function openBracket(source: SourceText, { text, start }: Lexeme): Diagnostic {
  const [name, closing] = text === '[' ? ['list', ']'] : ['map', '}'];
  return {
    code: 'yaml-bracket',
    severity: 'error',
    message: `This ${name} starts with \`${text}\`, but is never closed with \`${closing}\`.`,
    help: isCommented(source, start)
      ? `put \`${closing}\` before the \`#\`, which starts a comment`
      : `put \`${closing}\` at the end of the ${name}`,
    ...spanOf({ source, start, end: start + 1 }),
  };
}

/** Whether a comment ends the line in which a bracket opens. */
function isCommented({ text }: SourceText, start: number): boolean {
  const end = text.indexOf('\n', start);
  return text
    .slice(start, end < 0 ? undefined : end)
    .slice(0, 1_000)
    .includes(' #');
}
