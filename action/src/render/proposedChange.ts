import type { Diagnostic } from '../../../schema/src/text/diagnostic.ts';
import { code } from './escape.ts';
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

/** What a comment was made for: whoever reads it later sees whether that is what they are about to merge. */
export function comparedLine({ head, base, into }: Compared, redact: Redact): string {
  const short = (commit: string): string => code(commit.slice(0, 12));
  const branch = code(redact(into));
  const other = base === undefined ? `for ${branch}` : `compared with commit ${short(base)} of ${branch}`;
  return `Made for commit ${short(head)} of this pull request, ${other}.`;
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
