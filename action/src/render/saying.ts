import type { Moment } from '../../../schema/src/directory/resolve.ts';
import type { Language } from '../../../schema/src/messages/message.ts';
import { policyChanges } from '../guard/policyChange.ts';
import { meaningOf } from '../meaning/changeMeaning.ts';
import type { ReviewedFiles } from '../review/reviewFiles.ts';
import { mistakesComment } from './mistakes.ts';
import { planComment } from './planComment.ts';
import { type Compared, newWarnings } from './proposedChange.ts';
import type { Redact } from './redact.ts';
import { type Suggestion, suggestionsOf } from './suggestions.ts';
import type { TableFacts } from './tableFacts.ts';

/** What is said on a pull request. */
export interface Saying {
  readonly comment: string;
  readonly suggestions: readonly Suggestion[];
}

/** What it takes to say it, besides the reviewed files. */
export interface SayingOptions {
  readonly moment: Moment;
  readonly language: Language;
  readonly compared: Compared;
  readonly facts: TableFacts;
  readonly redact: Redact;
}

/** Says what the files of a pull request would change, or what is wrong in them. */
export function sayingOn(
  { checked, before, review }: ReviewedFiles,
  { moment, language, compared, facts, redact }: SayingOptions,
): Saying {
  if (review === undefined) {
    const { diagnostics } = checked;
    return {
      comment: mistakesComment(diagnostics, compared, language, redact),
      suggestions: suggestionsOf(diagnostics, language, redact),
    };
  }
  const policy = before === undefined ? [] : policyChanges(before.policy, checked.policy);
  const change = {
    compared,
    language,
    meaning: meaningOf(review.plan, moment),
    policy: policy.map(({ sentence }) => sentence),
    warnings: newWarnings(checked.diagnostics, before?.diagnostics ?? []),
  };
  return { comment: planComment(review, facts, change, redact), suggestions: [] };
}
