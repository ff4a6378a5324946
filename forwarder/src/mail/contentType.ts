import { layOut, unfold } from './lines.ts';
import type { RawField } from './message.ts';
import { type Parameterized, parameterWords, readParameters, token, tokenAlone } from './parameters.ts';
import { asWritten, isSound, plainField, textOf } from './textFields.ts';

/** What a repair of a mail's type may look at. */
export interface Surroundings {
  /** The mail's other fields. */
  readonly fields: readonly RawField[];
  readonly body: Buffer;
}

/**
 * Content-Type as SES takes it: byte for byte where it is strictly legal (RFC 2045 5.1), else type and parameters
 * written anew. Undefined where the field says nothing: then the default is what it meant.
 */
export function contentTypeField(field: RawField, surroundings: Surroundings): string | undefined {
  const isRight = isSound(field) && isStrictContentType(field.value) && !lacksBoundary(field.value);
  if (isRight) return asWritten(field);
  const read = readParameters(textOf(field));
  if (read.value === '' && read.parameters.length === 0) return undefined;
  return layOut(field.name, parameterWords(repaired(read, surroundings)));
}

/** Content-Disposition: SES reads it less strictly, but 8-bit file names go as RFC 2231 has them. */
export function dispositionField(field: RawField): string {
  if (isSound(field)) return asWritten(field);
  const read = readParameters(textOf(field));
  const isReadable = tokenAlone.test(read.value) && read.value.length <= typeLimit;
  return isReadable ? layOut(field.name, parameterWords(read)) : plainField(field);
}

/** RFC 6838 4.2: 127 for a type and for a subtype; what is longer is no type. */
const typeLimit = 255;
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

/** Legal as it is written, and without use. Of two boundaries the first counts. */
function lacksBoundary(value: string): boolean {
  if (!/^[ \t]*multipart\//i.test(value)) return false;
  const boundary = /;[ \t\r\n]*boundary[*0-9]*=("")?/i.exec(value);
  return boundary === null || boundary[1] !== undefined;
}

/**
 * What cannot be read is plain text (RFC 2045 5.2), unless a boundary shows that it has parts, or a file name that it
 * is a file. Parts without the line that parts them are shown as plain text by every program.
 */
function repaired({ value, parameters }: Parameterized, surroundings: Surroundings): Parameterized {
  const readable = looseMediaType.exec(value);
  const isType = readable !== null && readable[0].length <= typeLimit;
  const type = isType ? `${readable[1]}/${readable[2]}` : '';
  const written = parameters.find(([name]) => name === 'boundary')?.[1];
  if (!/^multipart\//i.test(type) && (isType || written === undefined)) {
    return { value: type || typeOfUntyped(parameters, surroundings), parameters };
  }
  const boundary = boundaryIn(surroundings.body, written);
  const others = parameters.filter(([name]) => name !== 'boundary');
  if (boundary === undefined) return { value: 'text/plain', parameters: others };
  return { value: type || 'multipart/mixed', parameters: [...others, ['boundary', boundary]] };
}

function typeOfUntyped(parameters: Parameterized['parameters'], { fields }: Surroundings): string {
  const isFile =
    parameters.some(([name]) => /^name(?:\*|$)/.test(name)) ||
    fields.some(({ key, value }) => key === 'content-disposition' && /filename[*0-9]*[ \t]*=/i.test(value));
  return isFile ? 'application/octet-stream' : 'text/plain';
}

/** The boundary as it is written, if the body has its line; else the one that the body shows. */
function boundaryIn(body: Buffer, written: string | undefined): string | undefined {
  if (written !== undefined && hasDelimiter(body, written)) return written;
  return shownBoundary(body) ?? written;
}

/** Whether a line of the body is `--` and the boundary (RFC 2046 5.1.1). */
function hasDelimiter(body: Buffer, boundary: string): boolean {
  const delimiter = Buffer.from(`\n--${boundary}`);
  const isWhole = (end: number) => /^(?:$|[ \t\r\n]|--)/.test(body.toString('latin1', end, end + 2));
  const first = delimiter.subarray(1);
  if (body.subarray(0, first.length).equals(first) && isWhole(first.length)) return true;
  for (let at = body.indexOf(delimiter); at >= 0; at = body.indexOf(delimiter, at + 1)) {
    if (isWhole(at + delimiter.length)) return true;
  }
  return false;
}

/** Bytes of a body where its first part begins. */
const preambleLimit = 65_536;

/** The first line of at most 70 characters (RFC 2046 5.1.1) that stands before a part's header and comes again. */
function shownBoundary(body: Buffer): string | undefined {
  const start = body.toString('latin1', 0, preambleLimit);
  const delimiters = start.matchAll(
    /(?<=^|\n)--([0-9A-Za-z'()+_,./:=? -]{0,69}[0-9A-Za-z'()+_,./:=?-])[ \t]*\r?\n(?=content-[a-z-]+:|\r?\n)/gi,
  );
  for (const { 1: boundary = '', index } of delimiters) {
    if (body.includes(`\n--${boundary}`, index + 1)) return boundary;
  }
  return undefined;
}
