import { textOf } from './fieldText.ts';
import { layOut, unfold } from './lines.ts';
import type { RawField } from './message.ts';
import { type Parameterized, parameterWords, readParameters } from './parameters.ts';
import { asWritten, isSound, plainField } from './plainField.ts';

/**
 * Content-Type as SES takes it: byte for byte where it is strictly legal (RFC 2045 5.1), else type and parameters
 * written anew. Undefined where the field says nothing: then the default is what it meant.
 */
export function contentTypeField(field: RawField): string | undefined {
  if (isSound(field) && isStrictContentType(field.value)) return asWritten(field);
  const read = readParameters(textOf(field));
  if (read.value === '' && read.parameters.length === 0) return undefined;
  return layOut(field.name, parameterWords({ ...read, value: repairType(read) }));
}

/** Content-Disposition: SES reads it less strictly, but 8-bit file names go as RFC 2231 has them. */
export function dispositionField(field: RawField): string {
  if (isSound(field)) return asWritten(field);
  const read = readParameters(textOf(field));
  const isReadable = tokenAlone.test(read.value) && read.value.length <= typeLimit;
  return isReadable ? layOut(field.name, parameterWords(read)) : plainField(field);
}

const token = "[!#$%&'*+.^_`{|}~0-9A-Za-z-]+";
/** RFC 6838 4.2: 127 for a type and for a subtype; what is longer is no type. */
const typeLimit = 255;
const tokenAlone = new RegExp(`^${token}$`);
const mediaType = new RegExp(`^[ \\t]*(${token}/${token})[ \\t]*`);
const looseMediaType = new RegExp(`^(${token})[ \\t]*/[ \\t]*(${token})`);

/** `type/subtype` and parameters as `; name=value`, without comments. */
export function isStrictContentType(value: string): boolean {
  const text = unfold(value);
  // Made anew for each text, since a sticky expression remembers where it was.
  const parameter = new RegExp(
    `;[ \\t]*${token}=(?:${token}|"[^"\\\\]*(?:\\\\[\\s\\S][^"\\\\]*)*")[ \\t]*`,
    'y',
  );
  let at = mediaType.exec(text)?.[0].length ?? 0;
  if (at === 0) return false;
  while (at < text.length) {
    parameter.lastIndex = at;
    if (!parameter.test(text)) return false;
    at = parameter.lastIndex;
  }
  return true;
}

/** What cannot be read is plain text (RFC 2045 5.2), unless a boundary shows that it has parts. */
function repairType({ value, parameters }: Parameterized): string {
  const readable = looseMediaType.exec(value);
  if (readable !== null && readable[0].length <= typeLimit) return `${readable[1]}/${readable[2]}`;
  return parameters.some(([name]) => name === 'boundary') ? 'multipart/mixed' : 'text/plain';
}
