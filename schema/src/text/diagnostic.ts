import type { Message } from '../messages/message.ts';

/** 1-based; columns count UTF-16 units, as editors and GitHub do. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Where something stands; `end` is exclusive. `file` is the path as it is shown to the user. */
export interface Span {
  readonly file: string;
  readonly start: Position;
  readonly end: Position;
}

export interface Related<Words = string> extends Span {
  readonly message: Words;
}

/** A user's mistake, or what may become one. Data, never thrown. Its words are a `Message` until the reader is known. */
export interface Diagnostic<Words = string> extends Span {
  /** Stable, kebab-case, documented in schema/README.md. */
  readonly code: string;
  readonly severity: 'error' | 'warning';
  /** What is wrong, with the value quoted; makes sense read alone. */
  readonly message: Words;
  /** The likely cure: what to type. */
  readonly help?: Words;
  /** Other places that belong to it, such as the first of two duplicates. */
  readonly related?: readonly Related<Words>[];
  readonly correction?: Correction;
}

/** A diagnostic as it is found, in no language yet. */
export type Finding = Diagnostic<Message>;

/** Whole lines of the diagnostic's file as they should be, where that is known for certain. */
export interface Correction {
  /** 1-based; the lines from the first to the last are replaced. */
  readonly firstLine: number;
  readonly lastLine: number;
  readonly lines: readonly string[];
}

/** The one order in which diagnostics are shown: file, line, column, code. */
export function sortDiagnostics(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  return diagnostics.toSorted(
    (a, b) =>
      compareText(a.file, b.file) ||
      a.start.line - b.start.line ||
      a.start.column - b.start.column ||
      compareText(a.code, b.code) ||
      compareText(a.message, b.message),
  );
}

export function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some((diagnostic) => diagnostic.severity === 'error');
}

/** By code unit, so that the order does not depend on a machine's locale. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
