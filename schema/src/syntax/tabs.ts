import type { Diagnostic } from '../text/diagnostic.ts';
import { type SourceText, spanOf } from '../text/source.ts';
import type { Lexeme } from './lexeme.ts';

/** Tabs before a line's first sign: YAML tells what belongs to what by spaces alone (YAML 1.2.2, 6.1). */
export function* tabs(source: SourceText, lexemes: readonly Lexeme[]): Generator<Diagnostic> {
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

function tabAt(source: SourceText, start: number): Diagnostic {
  return {
    code: 'yaml-tab',
    severity: 'error',
    message: 'This line is indented with a tab, but YAML indents with spaces only.',
    help: 'replace the tab with two spaces for each level',
    ...spanOf({ source, start, end: start + 1 }),
  };
}
