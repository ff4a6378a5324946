import { isUsable } from './addressRules.ts';
import type { RawLine } from './rawHeader.ts';
import type { Reader, Reading } from './reading.ts';
import { rulesForAuthor, rulesForParts, rulesForPeople, rulesForSubject } from './rules.ts';

export interface Found {
  readonly change: string;
  /** Undefined where no rule makes this change. */
  readonly rules: readonly string[] | undefined;
}

/** What one reader finds other in a rewritten mail than it should be by what it found in the mail as it came. */
export function changesFor(
  reader: string,
  before: Partial<Reading>,
  after: Partial<Reading>,
  lines: readonly RawLine[],
): Found[] {
  const found: Found[] = [];
  const note = <T>(
    aspect: keyof Reading,
    wanted: T | undefined,
    is: T | undefined,
    rulesFor: RulesFor<T>,
  ) => {
    if (wanted === undefined || JSON.stringify(wanted) === JSON.stringify(is)) return;
    const change = `${reader}: ${aspect} ${JSON.stringify(wanted)} became ${JSON.stringify(is)}`;
    found.push({ change, rules: is && rulesFor(wanted, is) });
  };
  const people = (aspect: 'replyTo' | 'to' | 'cc') => (wanted: readonly Reader[], is: readonly Reader[]) =>
    rulesForPeople(aspect, wanted, is, lines);
  note('from', before.from, after.from, (wanted, is) => rulesForAuthor(wanted, is, lines));
  const replyTo = before.replyTo && (before.replyTo.some(isUsable) ? before.replyTo : before.from);
  note('replyTo', replyTo, after.replyTo, people('replyTo'));
  note('to', before.to, after.to, people('to'));
  note('cc', before.cc, after.cc, people('cc'));
  note('subject', before.subject, after.subject, (wanted, is) => rulesForSubject(wanted, is, lines));
  note('parts', before.parts, after.parts, (wanted, is) => rulesForParts(wanted, is, lines));
  return found;
}

type RulesFor<T> = (wanted: T, is: T) => readonly string[] | undefined;
