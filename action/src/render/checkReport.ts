import type { Checked, SourceFile } from '../../../schema/src/check.ts';
import { codeframe, type Texts } from '../../../schema/src/text/codeFrame.ts';
import { type Diagnostic, hasErrors } from '../../../schema/src/text/diagnostic.ts';
import { createSourceText } from '../../../schema/src/text/source.ts';
import { commandData, commandProperty, commentLimit, cutRows, markdown, oneLine } from './escape.ts';
import { counted } from './planText.ts';
import type { Redact } from './redact.ts';

/** As many as somebody may read in a log; JSON has them all. */
const shownLimit = 1_000;

export interface FirstDiagnostics {
  readonly shown: readonly Diagnostic[];
  /** Says how many are not shown; undefined where all are. */
  readonly rest?: string;
}

/** The first diagnostics in their order. Where not all have room, warnings go before errors do. */
export function firstDiagnostics(diagnostics: readonly Diagnostic[]): FirstDiagnostics {
  const more = diagnostics.length - shownLimit;
  if (more <= 0) return { shown: diagnostics };
  const isError = ({ severity }: Diagnostic): boolean => severity === 'error';
  const urgent = diagnostics.filter(isError).slice(0, shownLimit);
  const room = shownLimit - urgent.length;
  const others = diagnostics.filter((one) => !isError(one)).slice(0, room);
  const chosen = new Set([...urgent, ...others]);
  return {
    shown: diagnostics.filter((one) => chosen.has(one)),
    rest: `${more.toLocaleString('en')} more ${more === 1 ? 'is' : 'are'} not shown here; \`--format json\` lists them all.`,
  };
}

type Found = Pick<Checked, 'diagnostics' | 'domains' | 'aliases'>;

/** "1 error in aliases/example.com.yml." Holds a file's name as it came. */
function verdictOf({ diagnostics, domains, aliases }: Found): string {
  if (diagnostics.length === 0) {
    return `No errors in ${counted(domains, 'domain')} with ${counted(aliases, 'alias')}.`;
  }
  const errors = diagnostics.filter(({ severity }) => severity === 'error').length;
  const warnings = diagnostics.length - errors;
  const counts = [
    ...(errors === 0 ? [] : [counted(errors, 'error')]),
    ...(warnings === 0 ? [] : [counted(warnings, 'warning')]),
  ];
  const [first = '', ...others] = new Set(diagnostics.map(({ file }) => file));
  const where = others.length === 0 ? first : counted(others.length + 1, 'file');
  return `${counts.join(' and ')} in ${where}.`;
}

/** What `check` found, for a person: each mistake on its line. The last line is the verdict. */
export function checkText(
  checked: Found,
  files: readonly SourceFile[],
  redact: Redact,
  colours: boolean,
): string {
  const decoder = new TextDecoder();
  const { diagnostics } = checked;
  const verdict = verdictOf(checked);
  const { shown, rest } = firstDiagnostics(diagnostics);
  const named = new Set(shown.flatMap(({ file, related = [] }) => [file, ...related.map((one) => one.file)]));
  const texts = new Map(
    files
      .filter(({ path }) => named.has(path))
      .map(({ path, bytes }) => [path, createSourceText(path, decoder.decode(bytes))]),
  );
  const frames = shown.map((one) => framed(one, texts, redact, colours));
  return `${[...frames, ...(rest === undefined ? [] : [rest]), redact(oneLine(verdict))].join('\n')}\n`;
}

/** A diagnostic with its line. A caret would not stand where it should under a line of which something is hidden. */
function framed(diagnostic: Diagnostic, texts: Texts, redact: Redact, colours: boolean): string {
  const lines = codeframe(redacted(diagnostic, redact), texts, colours).split('\n');
  const shown: string[] = [];
  let isHidden = false;
  for (const line of lines) {
    const [, gutter, source] = /^( {2}\d+ \| )(.*)$/s.exec(line) ?? [];
    if (gutter !== undefined && source !== undefined) {
      const seen = redact.line(source);
      isHidden = seen !== source;
      shown.push(`${gutter}${seen}`);
    } else if (!(isHidden && /^ +\| /.test(line))) {
      shown.push(redact(line));
    }
  }
  return shown.join('\n');
}

function redacted({ related, help, ...rest }: Diagnostic, redact: Redact): Diagnostic {
  return {
    ...rest,
    message: redact.message(rest.message, rest.file),
    ...(help === undefined ? {} : { help: redact.message(help, rest.file) }),
    ...(related === undefined
      ? {}
      : { related: related.map((one) => ({ ...one, message: redact.message(one.message, rest.file) })) }),
  };
}

/** Diagnostics as GitHub workflow commands, which GitHub shows on their lines. */
export function annotations(diagnostics: readonly Diagnostic[], redact: Redact): string {
  const { shown, rest } = firstDiagnostics(diagnostics);
  const lines = shown.map((one) => annotation(one, redact));
  if (rest !== undefined) lines.push(`::notice::${commandData(rest)}`);
  return lines.map((line) => `${line}\n`).join('');
}

function annotation(diagnostic: Diagnostic, redact: Redact): string {
  const { file, start, end, severity, message, code, help } = redacted(diagnostic, redact);
  const properties = {
    file: redact(file),
    line: String(start.line),
    endLine: String(end.line),
    // GitHub takes columns only within one line.
    ...(start.line === end.line ? { col: String(start.column), endColumn: String(end.column) } : {}),
    title: code,
  };
  const text = Object.entries(properties)
    .map(([name, value]) => `${name}=${commandProperty(value)}`)
    .join(',');
  return `::${severity} ${text}::${commandData(help === undefined ? message : `${message} ${help}`)}`;
}

/** As many as somebody mends at once. */
const summaryShown = 100;

/** What `check` found, for a comment or a summary, in at most `limit` bytes. */
export function checkMarkdown(checked: Found, redact: Redact, limit = commentLimit): string {
  const { diagnostics } = checked;
  const verdict = `**${markdown(redact(verdictOf(checked)))}**`;
  if (diagnostics.length === 0) return `${verdict}\n`;
  const shown = diagnostics.slice(0, summaryShown).map((one) => listLine(one, redact));
  return cutRows([verdict, ''], shown, [], limit, diagnostics.length - shown.length);
}

function listLine(diagnostic: Diagnostic, redact: Redact): string {
  const { file, start, severity, message, help, code } = redacted(diagnostic, redact);
  const cure = help === undefined ? '' : ` ${markdown(help)}`;
  return `- ${severity} in ${markdown(redact(file))}, line ${start.line}: ${markdown(message)}${cure} (\`${code}\`)`;
}

export interface CheckJson {
  readonly ok: boolean;
  readonly domains: number;
  readonly aliases: number;
  readonly diagnostics: readonly Diagnostic[];
}

/** What `check` found, in the stable form that programs read. */
export function checkJson({ diagnostics, domains, aliases }: Checked): CheckJson {
  return { ok: !hasErrors(diagnostics), domains, aliases, diagnostics };
}
