import { type Language, type Message, wordsOf } from '../messages/message.ts';
import type { Diagnostic, Finding, Related } from './diagnostic.ts';

/** Findings in the words of a language. */
export function told(findings: Iterable<Finding>, language: Language): Diagnostic[] {
  // Places that many findings share are told once: a hostile file has 100,000 of them.
  const known = new Map<readonly Related<Message>[], readonly Related[]>();
  const relatedOf = (places: readonly Related<Message>[]): readonly Related[] => {
    const before = known.get(places);
    if (before !== undefined) return before;
    const words = places.map((place) => ({ ...place, message: wordsOf(place.message, language) }));
    known.set(places, words);
    return words;
  };
  return Array.from(findings, ({ code, severity, message, help, related, ...rest }) => ({
    code,
    severity,
    message: wordsOf(message, language),
    ...(help && { help: wordsOf(help, language) }),
    ...rest,
    ...(related && { related: relatedOf(related) }),
  }));
}
