import { Composer, type CST, type Document, Lexer, Parser } from 'yaml';
import { say } from '../messages/message.ts';
import type { Finding } from '../text/diagnostic.ts';
import { positionOf, type SourceText, spanOf } from '../text/source.ts';
import { complaint, signOf } from './complaint.ts';
import { findingLimit, findings } from './findings.ts';
import { createGuard, type Refusal } from './guard.ts';
import { convert, type Value } from './value.ts';

export type Parse =
  /** `value` is undefined where the text has none, as in a file of comments. */
  | { readonly value: Value | undefined; readonly findings?: never }
  | { readonly value?: never; readonly findings: readonly Finding[] };

/** YAML text to values with their places, or to what is wrong with it. Ends quickly and never throws. */
export function parse(source: SourceText): Parse {
  const { tokens, refusal, isExtraordinary } = tokenize(source.text);
  if (refusal !== undefined) return { findings: [refusalAt(source, refusal)] };
  const own = isExtraordinary ? findings(source) : undefined;
  if (own !== undefined && own.length > findingLimit) return { findings: own };
  const documents = compose(tokens, source.text.length);
  const hasComplaints = documents.some((document) => document.errors.length > 0);
  if (isExtraordinary || hasComplaints) {
    const found = explain(source, documents, own ?? findings(source));
    if (found.length > 0) return { findings: found };
  }
  const converted = convert(source, documents[0]?.contents ?? undefined);
  return converted.findings.length > 0 ? { findings: converted.findings } : { value: converted.value };
}

interface Tokens {
  readonly tokens: readonly CST.Token[];
  readonly refusal?: Refusal;
  readonly isExtraordinary: boolean;
}

function tokenize(text: string): Tokens {
  const guard = createGuard();
  const parser = new Parser();
  const tokens: CST.Token[] = [];
  for (const piece of new Lexer().lex(text)) {
    const refusal = guard.admit(piece);
    if (refusal !== undefined) return { tokens, refusal, isExtraordinary: true };
    for (const token of parser.next(piece)) tokens.push(token);
  }
  for (const token of parser.end()) tokens.push(token);
  return { tokens, isExtraordinary: guard.hasSeenExtraordinary() };
}

/** Beyond this many documents the parser is not asked for complaints: each costs it a schema of its own. */
const documentLimit = 100;

function firstDocuments(tokens: readonly CST.Token[]): readonly CST.Token[] {
  let documents = 0;
  const end = tokens.findIndex(({ type }) => {
    if (type === 'document') documents += 1;
    return documents > documentLimit;
  });
  return end < 0 ? tokens : tokens.slice(0, end);
}

/** The failsafe schema reads every scalar as text, so `no`, `1e3` and `0777` stay what they are. */
function compose(tokens: readonly CST.Token[], length: number): Document.Parsed[] {
  const composer = new Composer({
    schema: 'failsafe',
    uniqueKeys: false,
    prettyErrors: false,
    logLevel: 'silent',
  });
  const documents = withoutStacks(() => [...composer.compose(firstDocuments(tokens), true, length)]);
  return documents as Document.Parsed[];
}

/** The parser's complaints are errors that nobody throws: of 300,000, their stack traces would fill half a gigabyte. */
function withoutStacks<T>(run: () => T): T {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 0;
  try {
    return run();
  } finally {
    Error.stackTraceLimit = limit;
  }
}

/** Our own findings first; of the parser's complaints only those on lines where we found nothing, one a line. */
function explain(
  source: SourceText,
  documents: readonly Document.Parsed[],
  own: readonly Finding[],
): Finding[] {
  const found = [...own];
  // What follows a bracket that stays open, say, is misread: complaints about it would only confuse.
  const misreadFrom = found.reduce(
    (first, { code, start }) => (misleading.has(code) ? Math.min(first, start.line) : first),
    Number.POSITIVE_INFINITY,
  );
  const lines = new Set(found.map((one) => one.start.line));
  for (const error of documents.flatMap((document) => document.errors)) {
    const { line } = positionOf(source, signOf(source, error));
    if (lines.has(line) || line >= misreadFrom) continue;
    lines.add(line);
    found.push(complaint(source, error));
  }
  return found;
}

const misleading = new Set(['yaml-bracket', 'yaml-quote', 'yaml-tab', 'yaml-alias', 'yaml-document']);

function refusalAt(source: SourceText, { reason, start, sign }: Refusal): Finding {
  const span = spanOf({ source, start, end: start + Math.max(1, sign.length) });
  if (reason === 'depth') {
    return {
      code: 'yaml-depth',
      severity: 'error',
      message: say('This is nested too deeply; an alias file has four levels.'),
      help: say('look for unclosed brackets, or for extra spaces at the start of the line'),
      ...span,
    };
  }
  return {
    code: 'yaml-noise',
    severity: 'error',
    message: say(
      'There are more than a hundred punctuation marks or quoted texts in a row, up to this `{sign}`.',
      { sign: sign.slice(0, 20) },
    ),
    help: say('delete the ones that do not belong here'),
    ...span,
  };
}
