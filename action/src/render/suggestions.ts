import type { Language } from '../../../schema/src/messages/message.ts';
import type { Diagnostic } from '../../../schema/src/text/diagnostic.ts';
import { oneLine, prose } from './escape.ts';
import { fenced } from './mistakes.ts';
import type { Redact } from './redact.ts';
import { createSpeaker } from './speaker.ts';

/** A correction that somebody accepts with a click, on lines of a file. */
export interface Suggestion {
  readonly file: string;
  /** 1-based, the last one included. */
  readonly firstLine: number;
  readonly lastLine: number;
  /** As a review comment, in Markdown. */
  readonly body: string;
}

/** Begins each of our suggestions; it does not show. */
export const suggestionMarker = '<!-- aliasops:suggestion -->';

/** As many as one review asks somebody to look at. */
const shownLimit = 20;

/**
 * What can be accepted as it is: of mistakes whose correction is known, the first for each line. None that holds
 * anything private: hidden, it would be wrong, and shown, it would be public.
 */
export function suggestionsOf(
  diagnostics: readonly Diagnostic[],
  language: Language,
  redact: Redact,
): Suggestion[] {
  const speaker = createSpeaker(language, redact);
  const taken = new Set<string>();
  const found: Suggestion[] = [];
  for (const { file, message, correction } of diagnostics) {
    if (correction === undefined || redact(file) !== file) continue;
    const { firstLine, lastLine, lines } = correction;
    if (lines.some((line) => redact.line(line) !== line || oneLine(line) !== line)) continue;
    const places = Array.from({ length: lastLine - firstLine + 1 }, (_, n) => `${file}\n${firstLine + n}`);
    if (places.length === 0 || places.some((place) => taken.has(place))) continue;
    for (const place of places) taken.add(place);
    const how = speaker.say('With *Commit suggestion* the correction is saved as it stands here.');
    const body = [
      suggestionMarker,
      prose(redact.message(message, file)),
      '',
      ...fenced(lines, 'suggestion'),
      '',
      how,
    ];
    found.push({ file, firstLine, lastLine, body: body.join('\n') });
  }
  return found.slice(0, shownLimit);
}
