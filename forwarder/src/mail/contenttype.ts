import { decodeUnlabelled } from './charsets.ts';
import { hasShortLines, layOut, unfold } from './lines.ts';
import type { RawField } from './message.ts';
import { parameterWords, readParameters } from './parameters.ts';
import { isSound } from './unstructured.ts';

/**
 * Content-Type as SES takes it: byte for byte where it is strictly legal (RFC 2045 5.1), else type and parameters
 * written anew. Undefined where the field says nothing: then the default is what it meant.
 */
export function contentTypeField({ name, value }: RawField): string | undefined {
  const asWritten = `${name}:${value}`;
  if (isStrictContentType(value) && hasShortLines(asWritten)) return asWritten;
  const text = decodeUnlabelled(Buffer.from(unfold(value), 'latin1')).replace(/\p{Cc}/gu, ' ');
  if (text.trim() === '') return undefined;
  const { value: type, parameters } = readParameters(text);
  return layOut(name, parameterWords({ value: repairType(type, parameters), parameters }));
}

const tokenText = "[!#$%&'*+.^_`{|}~0-9A-Za-z-]+";
const mediaType = new RegExp(`^[ \\t]*${tokenText}/${tokenText}[ \\t]*`);
const parameter = new RegExp(
  `;[ \\t]*${tokenText}=(?:${tokenText}|"[^"\\\\]*(?:\\\\[\\s\\S][^"\\\\]*)*")[ \\t]*`,
  'y',
);

export function isStrictContentType(value: string): boolean {
  if (!isSound(value)) return false;
  const text = unfold(value);
  let at = mediaType.exec(text)?.[0].length ?? 0;
  if (at === 0) return false;
  while (at < text.length) {
    parameter.lastIndex = at;
    const found = parameter.exec(text);
    if (found === null) return false;
    at += found[0].length;
  }
  return true;
}

/** What cannot be read is plain text (RFC 2045 5.2), unless a boundary shows that it has parts. */
function repairType(type: string, parameters: readonly (readonly [string, string])[]): string {
  const readable = new RegExp(`^(${tokenText})[ \\t]*/[ \\t]*(${tokenText})`).exec(type);
  if (readable !== null) return `${readable[1]}/${readable[2]}`;
  return parameters.some(([name]) => name === 'boundary') ? 'multipart/mixed' : 'text/plain';
}
