import { TextDecoder } from 'node:util';

/**
 * Text of bytes that say nothing of their charset: UTF-8 where they are valid UTF-8, else windows-1252, which has a
 * character for every byte. A program that cuts a text by bytes leaves half a character of UTF-8 at its end, or before
 * what it adds: where UTF-8 prevails, the stray bytes alone are windows-1252.
 */
export function decodeUnlabelled(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    const text = Buffer.from(bytes).toString('latin1');
    const stray = text.replace(utf8Character, '').replace(/[\xc2-\xf4][\x80-\xbf]{0,2}$/, '');
    const isUtf8 = countOf(text, utf8Character) > countOf(stray, /[\x80-\xff]/g);
    return isUtf8 ? decodeMixed(text) : new TextDecoder('windows-1252').decode(bytes);
  }
}

/** A character of UTF-8 beyond ASCII, one character a byte (Unicode 3.9, table 3-7). */
const utf8Character =
  /[\xc2-\xdf][\x80-\xbf]|(?:\xe0[\xa0-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]|\xed[\x80-\x9f])[\x80-\xbf]|(?:\xf0[\x90-\xbf]|[\xf1-\xf3][\x80-\xbf]|\xf4[\x80-\x8f])[\x80-\xbf]{2}/g;

function countOf(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}

function decodeMixed(text: string): string {
  const windows = new TextDecoder('windows-1252');
  const stray = new RegExp(`((?:${utf8Character.source})+)|[\\x80-\\xff]+?`, 'g');
  return text.replace(stray, (bytes, characters: string | undefined) =>
    characters === undefined
      ? windows.decode(Buffer.from(bytes, 'latin1'))
      : Buffer.from(bytes, 'latin1').toString(),
  );
}

/**
 * Text of bytes in a named charset; a name that nobody knows counts as none. Undefined for one that writes other
 * letters in ASCII, and is not read here: half of it would look like text.
 */
export function decodeCharset(bytes: Uint8Array, charset: string): string | undefined {
  const upperHalf = upperHalfOf(charset);
  if (upperHalf !== undefined) return decodeOneByte(bytes, upperHalf);
  const decoder = decoderOf(charset);
  if (decoder !== undefined) return decoder.decode(bytes);
  if (/^(?:unicode-1-1-|x-)?utf-?7$/i.test(charset)) return decodeUtf7(Buffer.from(bytes).toString('latin1'));
  return /^(?:iso-2022-|hz-)/i.test(charset) ? undefined : decodeUnlabelled(bytes);
}

/** RFC 2152: `+` begins UTF-16 in base64, whatever is no base64 ends it, and a `-` right after is part of the end. */
function decodeUtf7(text: string): string {
  return text.replace(/\+([A-Za-z0-9+/]*)(-?)/g, (_, base64: string) => {
    if (base64 === '') return '+';
    const units = Buffer.from(base64, 'base64');
    return units
      .subarray(0, units.length - (units.length % 2))
      .swap16()
      .toString('utf16le');
  });
}

/** Whether the name is one of the WHATWG encoding standard, which other mail software knows too. */
export function isCommonCharset(charset: string): boolean {
  return decoderOf(charset) !== undefined;
}

function decoderOf(charset: string): TextDecoder | undefined {
  try {
    return new TextDecoder(charset);
  } catch {
    return undefined;
  }
}

/** The DOS code pages of Western Europe, which TextDecoder lacks: the characters of the bytes 0x80 to 0xFF. */
const codePage437 =
  'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0';
const codePage850 =
  'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u00ad±‗¾¶§÷¸°¨·¹³²■\u00a0';

function upperHalfOf(charset: string): string | undefined {
  const page = /^(?:cp|ibm|dos)?[-_]?(437|850|858)$/i.exec(charset)?.[1];
  if (page === '437') return codePage437;
  // 858 is 850 with the euro in place of the dotless i.
  return page === '858' ? codePage850.replace('ı', '€') : page && codePage850;
}

function decodeOneByte(bytes: Uint8Array, upperHalf: string): string {
  let text = '';
  for (const byte of bytes) text += byte < 0x80 ? String.fromCharCode(byte) : upperHalf.charAt(byte - 0x80);
  return text;
}
