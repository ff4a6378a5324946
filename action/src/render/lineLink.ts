import { markdown } from './escape.ts';
import type { Redact } from './redact.ts';
import type { Marked, Speaker } from './speaker.ts';

/** A line of a file at a commit, as a link. A file's name that is private is in no link either. */
export function linkTo(
  file: string,
  line: number,
  { page, head }: { readonly page: string; readonly head: string },
  redact: Redact,
  speaker: Speaker,
): Marked {
  const seen = redact(file);
  const text = speaker.say('{file}, line {line}', { file: { markdown: markdown(seen) }, line });
  if (seen !== file) return { markdown: text };
  const path = file.split('/').map(percentEncoded).join('/');
  return { markdown: `[${text}](${page}/blob/${head}/${path}#L${line})` };
}

/** `encodeURIComponent` leaves parentheses, which end a link in Markdown, and throws on half a surrogate pair. */
function percentEncoded(name: string): string {
  return encodeURIComponent(name.toWellFormed()).replace(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16)}`,
  );
}
