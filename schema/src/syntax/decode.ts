import { say } from '../messages/message.ts';
import { characterName } from '../text/address.ts';
import type { Finding } from '../text/diagnostic.ts';
import { createSourceText, type SourceText, spanOf, startOfFile } from '../text/source.ts';

export interface Decoded {
  readonly source: SourceText;
  readonly findings: readonly Finding[];
}

/**
 * Bytes to text. Only UTF-8 is accepted, and no control characters but line ends and tabs (YAML 1.2.2, 5.1); a
 * byte-order mark is dropped, so that columns count what can be seen.
 */
export function decode(path: string, bytes: Uint8Array): Decoded {
  const encoding = otherEncoding(bytes);
  if (encoding !== undefined) {
    const message = say('This file is saved as {encoding}, but alias files must be UTF-8.', { encoding });
    return {
      source: createSourceText(path, ''),
      findings: [{ code: 'encoding', severity: 'error', message, help: resave, ...startOfFile(path) }],
    };
  }
  const source = createSourceText(path, new TextDecoder().decode(bytes));
  return { source, findings: [...malformed(source, bytes), ...controlCharacters(source)] };
}

const resave = say('save the file as UTF-8, or copy its text into a new file on github.com');

/** UTF-16 and UTF-32 begin with a mark or, since every file here begins with ASCII, with a zero byte near the start. */
function otherEncoding(bytes: Uint8Array): string | undefined {
  const [a, b, c, d] = bytes;
  if ((a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff)) return 'UTF-16';
  if (a === 0 && b === 0 && (c !== 0 || d !== 0)) return 'UTF-32';
  if ((a === 0 && b !== 0 && c === 0) || (a !== 0 && b === 0 && c !== 0 && d === 0)) return 'UTF-16';
  return undefined;
}

function* malformed(source: SourceText, bytes: Uint8Array): Generator<Finding> {
  // A real U+FFFD encodes to the bytes it came from; one that stands for malformed bytes does not.
  if (!source.text.includes('\ufffd')) return;
  const again = new TextEncoder().encode(source.text);
  const skipped = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  const before = bytes.subarray(skipped);
  const at = before.findIndex((byte, index) => byte !== again[index]);
  if (at < 0) return;
  const start = new TextDecoder('utf-8', { ignoreBOM: true }).decode(again.subarray(0, at)).length;
  yield {
    code: 'encoding',
    severity: 'error',
    message: say('This character is not valid UTF-8 (byte 0x{hex}).', {
      hex: (before[at] ?? 0).toString(16).toUpperCase().padStart(2, '0'),
    }),
    help: say('retype the character; if there are more of them, {resave}', { resave }),
    ...spanOf({ source, start, end: start + 1 }),
  };
}

/**
 * What cannot be seen, or turns the direction of writing, so that a line can read as what it does not say: control
 * characters but a tab, a line feed, and a carriage return before one; Unicode's default ignorable code points; line
 * and paragraph separators; interlinear marks. An emoji keeps the joiners and selectors that it consists of (UTS 51).
 */
const invisible =
  /(?<!\p{Extended_Pictographic})\ufe0f|(?<!\p{Extended_Pictographic}|\ufe0f|\p{Emoji_Modifier})\u200d|\u200d(?!\p{Extended_Pictographic})|(?!\ufe0f|\u200d|[\t\n\r])[\p{Cc}\p{Default_Ignorable_Code_Point}\u2028\u2029\ufff9-\ufffb]|\r(?!\n)/gu;

function* controlCharacters(source: SourceText): Generator<Finding> {
  for (const { index, 0: character } of source.text.matchAll(invisible)) {
    yield {
      code: 'control-character',
      severity: 'error',
      message: say(
        'There is a character here that cannot be seen ({character}); alias files must not contain any.',
        { character: characterName(character) },
      ),
      help: say('delete the character, or delete the line and retype it'),
      ...spanOf({ source, start: index, end: index + character.length }),
    };
  }
}

/** The first character of a text that cannot be seen, which may have been written as an escape sequence. */
export function invisibleIn(text: string): string | undefined {
  return text.match(invisible)?.[0];
}
