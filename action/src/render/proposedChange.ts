import type { Diagnostic } from '../../../schema/src/text/diagnostic.ts';
import { code, commentLimit, fittingIn, markdown } from './escape.ts';
import { counted, moreThan } from './planText.ts';
import type { Redact } from './redact.ts';

/** The two commits that a comment compares. */
export interface Compared {
  readonly head: string;
  /** Undefined where nobody can say. */
  readonly base?: string;
  /** The branch that the pull request asks to change. */
  readonly into: string;
  /** The address of the repository's page. */
  readonly page: string;
}

/** What a comment says of a pull request besides its plan. */
export interface ProposedChange {
  readonly compared: Compared;
  /** What changes in `_policy.yml`, a clause each. */
  readonly policy: readonly string[];
  /** Those that the base had not. */
  readonly warnings: readonly Diagnostic[];
}

/** As many as somebody reads before the plan itself. */
const shownLimit = 20;
/** In bytes: the plan has most of the room. */
const roomForPolicy = commentLimit / 8;

/** What a comment was made for: whoever reads it later sees whether that is what they are about to merge. */
export function comparedLine({ head, base, into }: Compared, redact: Redact): string {
  const short = (commit: string): string => code(commit.slice(0, 12));
  const branch = code(redact(into));
  const other = base === undefined ? `for ${branch}` : `compared with commit ${short(base)} of ${branch}`;
  return `Made for commit ${short(head)} of this pull request, ${other}.`;
}

/** Takes the place of a plan that cannot be made: an earlier one would be about something else. */
export function noPlanComment(cause: string, compared: Compared, run: string, redact: Redact): string {
  const lines = [
    `**It cannot be said what this would change.** ${markdown(redact(cause))} [The run](${run}) says more.`,
    comparedLine(compared, redact),
  ];
  return `${lines.join('\n\n')}\n`;
}

/** What changes in the rules by which everybody's changes are judged. */
export function policyLines(policy: readonly string[], redact: Redact): string[] {
  if (policy.length === 0) return [];
  const lines = policy.slice(0, shownLimit).map((clause) => `- ${markdown(redact(clause))}`);
  const shown = lines.slice(0, fittingIn(lines, roomForPolicy));
  const rest = policy.length > shown.length ? [`-${moreThan(policy, shown.length)}`] : [];
  return ['**The rules in `_policy.yml` change:**', '', ...shown, ...rest, '', '**The plan:**', ''];
}

/** Each warning with a link to its line. */
export function warningLines({ warnings, compared }: ProposedChange, redact: Redact): string[] {
  const shown = warnings.slice(0, shownLimit).flatMap(({ file, start, message, help }) => {
    const said = [message, ...(help === undefined ? [] : [help])].map((text) =>
      markdown(redact.message(text, file)),
    );
    return ['', `> **Warning** in ${lineLink(file, start.line, compared, redact)}: ${said.join(' ')}`];
  });
  if (warnings.length <= shownLimit) return shown;
  const more = warnings.length - shownLimit;
  return [...shown, '', `> and ${counted(more, 'more warning')}, shown on their lines.`];
}

/** A file's name that is private is in no link either. */
function lineLink(file: string, line: number, { page, head }: Compared, redact: Redact): string {
  const seen = redact(file);
  const text = `${markdown(seen)}, line ${line}`;
  if (seen !== file) return text;
  const path = file.split('/').map(percentEncoded).join('/');
  return `[${text}](${page}/blob/${head}/${path}#L${line})`;
}

/** `encodeURIComponent` leaves parentheses, which end a link in Markdown, and throws on half a surrogate pair. */
function percentEncoded(name: string): string {
  return encodeURIComponent(name.toWellFormed()).replace(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16)}`,
  );
}

/** The warnings that a change brings: their lines may have moved, so the file and the words tell them apart. */
export function newWarnings(head: readonly Diagnostic[], base: readonly Diagnostic[]): Diagnostic[] {
  const key = ({ severity, file, code: name, message }: Diagnostic): string =>
    [severity, file, name, message].join('\n');
  const known = new Map<string, number>();
  for (const one of base) known.set(key(one), (known.get(key(one)) ?? 0) + 1);
  return head.filter((one) => {
    if (one.severity !== 'warning') return false;
    const left = known.get(key(one)) ?? 0;
    known.set(key(one), left - 1);
    return left <= 0;
  });
}
