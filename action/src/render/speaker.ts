import {
  type Language,
  type Message,
  type Part,
  say,
  type Template,
  wordsOf,
} from '../../../schema/src/messages/message.ts';
import { code, markdown } from './escape.ts';
import type { Redact } from './redact.ts';

/** A part that is Markdown of ours already. */
export interface Marked {
  readonly markdown: string;
}

type Item = string | Message | Marked;
export type SpokenPart = Part | Marked | { readonly and: readonly Item[] } | { readonly or: readonly Item[] };

/**
 * Says things to members in Markdown: the words of a template as they are, each text within it redacted and as code, in
 * which nothing is markup.
 */
export interface Speaker {
  readonly language: Language;
  /** Says something with parts some of which are Markdown. */
  say(template: Template, parts?: Readonly<Record<string, SpokenPart>>): string;
  /** Says a message whose texts are all from outside. */
  message(message: Message): string;
  /** A text from outside. */
  text(text: string): string;
}

export function createSpeaker(language: Language, redact: Redact, show = code): Speaker {
  const text = (given: string): string => {
    const seen = redact(given);
    // In a table a vertical line ends a cell, even within code.
    return seen.includes('|') ? markdown(seen) : show(seen);
  };
  const item = (given: Item): string => {
    if (typeof given === 'string') return text(given);
    return 'markdown' in given ? given.markdown : message(given);
  };
  const part = (given: SpokenPart): Part => {
    if (typeof given === 'number' || given instanceof Date) return given;
    if (typeof given === 'string') return text(given);
    if ('and' in given) return { and: given.and.map(item) };
    if ('or' in given) return { or: given.or.map(item) };
    return item(given);
  };
  const speak = (template: Template, parts: Readonly<Record<string, SpokenPart>> = {}): string => {
    const shown = Object.entries(parts).map(([name, given]) => [name, part(given)] as const);
    return wordsOf(say(template, Object.fromEntries(shown)), language);
  };
  const message = ({ template, parts }: Message): string => speak(template, parts);
  return { language, say: speak, message, text };
}

/** A sentence that begins with a word of ours. */
export function capital(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}
