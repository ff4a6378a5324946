import type { Language } from '../../../schema/src/messages/message.ts';
import type { Correction, Diagnostic } from '../../../schema/src/text/diagnostic.ts';
import { cutLines } from './cutLines.ts';
import { commentLimit, oneLine, prose } from './escape.ts';
import { comparedFold } from './forMaintainers.ts';
import { linkTo } from './lineLink.ts';
import type { Compared } from './proposedChange.ts';
import type { Redact } from './redact.ts';
import { capital, createSpeaker, type Speaker } from './speaker.ts';

/** As many as somebody mends at once. */
const shownLimit = 50;

/** The comment on a pull request whose files have mistakes: each on its line, as it should be, and how to go on. */
export function mistakesComment(
  diagnostics: readonly Diagnostic[],
  compared: Compared,
  language: Language,
  redact: Redact,
): string {
  const speaker = createSpeaker(language, redact);
  const lines = new Set(diagnostics.filter(isError).map(({ file, start }) => `${file}\n${start.line}`)).size;
  const head = [
    `### ${speaker.say('This change cannot be used yet')}`,
    '',
    `**${speaker.say('{lines, plural, one {# line needs} other {# lines need}} your help.', { lines })}**`,
  ];
  const how = speaker.say(
    'open the file again with the pencil, on the same branch, correct it and save. This comment is then written anew within a minute.',
  );
  const next = `**${speaker.say('Next:')}** ${how}`;
  const fold = comparedFold(compared, redact, speaker);
  const used = Buffer.byteLength([...head, next, fold].join('\n'));
  const items = mistakeLines(diagnostics, compared, redact, speaker, commentLimit - used - 300);
  return `${[...head, ...items, '', next].join('\n')}\n${fold}`;
}

function isError({ severity }: Diagnostic): boolean {
  return severity === 'error';
}

/** Errors, numbered, then warnings, in at most `room` bytes. */
export function mistakeLines(
  diagnostics: readonly Diagnostic[],
  at: { readonly page: string; readonly head: string },
  redact: Redact,
  speaker: Speaker,
  room: number,
): string[] {
  const ordered = [...diagnostics.filter(isError), ...diagnostics.filter((one) => !isError(one))];
  const items = ordered
    .slice(0, shownLimit)
    .map((one, index) => mistakeItem(one, `${index + 1}.`, at, redact, speaker));
  return cutLines(items, room, speaker, ordered.length - items.length);
}

/** One item of a list, with its code block: cut as a whole, so that no block stays open. */
function mistakeItem(
  diagnostic: Diagnostic,
  number: string,
  at: { readonly page: string; readonly head: string },
  redact: Redact,
  speaker: Speaker,
): string {
  const { file, start, related = [], correction, severity } = diagnostic;
  const words = (text: string): string => prose(redact.message(text, file));
  const place = linkTo(file, start.line, at, redact, speaker);
  const text = { markdown: toldOf(diagnostic, redact) };
  const indent = ' '.repeat(number.length + 1);
  const first =
    severity === 'error'
      ? speaker.say('{place}: {text}', { place, text })
      : speaker.say('**Warning** in {place}: {text}', { place, text });
  const others = related.map((one) =>
    speaker.say('See also {place}: {text}', {
      place: linkTo(one.file, one.start.line, at, redact, speaker),
      text: { markdown: words(one.message) },
    }),
  );
  const block = correction === undefined ? [] : correctedLines(correction, redact, speaker);
  const below = [...block, ...others.flatMap((line) => ['', line])];
  const lines = below.map((line) => (line === '' ? '' : `${indent}${line}`));
  return ['', `${number} ${first}`, ...lines].join('\n');
}

/** What is wrong and what to type, each as a sentence. */
export function toldOf(
  { file, message, help }: Pick<Diagnostic, 'file' | 'message' | 'help'>,
  redact: Redact,
): string {
  const words = (text: string): string => prose(redact.message(text, file));
  if (help === undefined) return words(message);
  const isEnded = /[.?!:]$/.test(help);
  return `${words(message)} ${capital(words(help))}${isEnded ? '' : '.'}`;
}

/** Lines of code that a comment quotes for one mistake. */
const quotedLimit = 12;

/** The lines as they should be, with what is private in them hidden. */
function correctedLines({ lines }: Correction, redact: Redact, speaker: Speaker): string[] {
  if (lines.length > quotedLimit) return [];
  const seen = lines.map((line) => redact.line(oneLine(line)));
  const title =
    lines.length === 0
      ? speaker.say('Delete this line.')
      : speaker.say('{count, plural, one {The line as it should be} other {The lines as they should be}}:', {
          count: lines.length,
        });
  return lines.length === 0 ? ['', title] : ['', title, '', ...fenced(seen, 'yaml')];
}

/** A code block whose fence is longer than any run of backticks within (CommonMark 0.31, 4.5). */
export function fenced(lines: readonly string[], info: string): string[] {
  const runs = lines.flatMap((line) => line.match(/`+/g) ?? []);
  const fence = '`'.repeat(Math.max(2, ...runs.map(({ length }) => length)) + 1);
  return [`${fence}${info}`, ...lines, fence];
}
