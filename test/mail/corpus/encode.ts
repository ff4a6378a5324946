/** A text as encoded-words, each at most 75 characters long (RFC 2047 2). */
export function encodedWords(text: string, charset: string, encoding: 'Q' | 'B'): string[] {
  const encoded = charset === 'iso-8859-1' ? 'latin1' : 'utf8';
  const room = encoding === 'B' ? 30 : 16;
  const words: string[] = [];
  let piece = '';
  const finish = () => {
    const bytes = Buffer.from(piece, encoded);
    const content = encoding === 'B' ? bytes.toString('base64') : inQ(bytes);
    words.push(`=?${charset}?${encoding}?${content}?=`);
    piece = '';
  };
  for (const character of text) {
    if (Buffer.byteLength(piece + character) > room) finish();
    piece += character;
  }
  finish();
  return words;
}

function inQ(bytes: Buffer): string {
  return [...bytes]
    .map((byte) => {
      const character = String.fromCharCode(byte);
      return /[0-9A-Za-z]/.test(character) ? character : character === ' ' ? '_' : escaped(byte);
    })
    .join('');
}

function escaped(byte: number): string {
  return `=${byte.toString(16).toUpperCase().padStart(2, '0')}`;
}

/** RFC 2045 6.7, for a text that ends its lines with CRLF. */
export function quotedPrintable(bytes: Buffer): Buffer {
  const lines = bytes
    .toString('latin1')
    .split('\r\n')
    .map((line) =>
      line
        .replace(/[^ -<>-~]| $/g, (character) => escaped(character.charCodeAt(0)))
        .replace(/(?:=..|[^=]){1,73}(?=.)/g, '$&=\r\n'),
    );
  return Buffer.from(lines.join('\r\n'), 'latin1');
}

/** Base64 in lines of 76. */
export function wrap(bytes: Buffer): Buffer {
  return Buffer.from(bytes.toString('base64').replace(/.{1,76}/g, '$&\r\n'));
}
