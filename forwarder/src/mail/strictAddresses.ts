import { isCommonCharset } from './charsets.ts';
import { charsetsOf } from './encodedWords.ts';

/**
 * Whether SES takes the value of To, Cc or Reply-To as it stands. SES reads them with a strict parser and refuses the
 * whole mail for one mistake, so this is the grammar of RFC 5322 3.4 less its obsolete forms, less comments but for
 * one at the end of an address, plus dots in unquoted names, which that parser takes. What is legal and not in this
 * grammar is merely written anew.
 *
 * @param value the field's value, ASCII, unfolded or folded
 */
export function isStrictAddressList(value: string): boolean {
  const reader: Reader = { text: value.replaceAll('\r\n', ''), at: 0 };
  return (
    readList(reader, readAddress) &&
    reader.at === reader.text.length &&
    charsetsOf(value).every((charset) => isCommonCharset(charset))
  );
}

/** Whether this is a legal `local@domain`, and nothing around it. */
export function isStrictAddress(text: string): boolean {
  const reader: Reader = { text, at: 0 };
  return readAddrSpec(reader) && reader.at === text.length;
}

/** How far a text was read. A reading function moves on and says true, or says false: then the whole text is wrong. */
interface Reader {
  readonly text: string;
  at: number;
}

const atomCharacters = /[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+/y;
const phraseCharacters = /[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]+/y;
const spaces = /[ \t]*/y;

function readList(reader: Reader, readItem: (reader: Reader) => boolean): boolean {
  do {
    if (!readItem(reader)) return false;
  } while (skip(reader, ','));
  return true;
}

/** A mailbox, or a group: `name: a@b, c@d;`. */
function readAddress(reader: Reader): boolean {
  match(reader, spaces);
  const start = reader.at;
  if (readAddrSpec(reader)) return endMailbox(reader);
  reader.at = start;
  if (!readPhrase(reader)) return false;
  const hasName = reader.at > start;
  if (!hasName || !skip(reader, ':')) return readAngle(reader);
  match(reader, spaces);
  if (!skip(reader, ';') && !(readList(reader, readMailbox) && skip(reader, ';'))) return false;
  match(reader, spaces);
  return true;
}

function readMailbox(reader: Reader): boolean {
  match(reader, spaces);
  const start = reader.at;
  if (readAddrSpec(reader)) return endMailbox(reader);
  reader.at = start;
  return readPhrase(reader) && readAngle(reader);
}

function readAngle(reader: Reader): boolean {
  return skip(reader, '<') && readAddrSpec(reader) && skip(reader, '>') && endMailbox(reader);
}

function endMailbox(reader: Reader): boolean {
  match(reader, spaces);
  match(reader, /\([ !#-'*-[\]-~]*\)/y);
  match(reader, spaces);
  const next = reader.text[reader.at];
  return next === undefined || next === ',' || next === ';';
}

/** Words and quoted strings, or nothing: `<a@b>` has no name. */
function readPhrase(reader: Reader): boolean {
  for (;;) {
    match(reader, spaces);
    if (reader.text[reader.at] === '"') {
      if (!readQuotedString(reader)) return false;
    } else if (!match(reader, phraseCharacters)) {
      return true;
    }
  }
}

function readQuotedString(reader: Reader): boolean {
  for (reader.at += 1; reader.at < reader.text.length; reader.at += 1) {
    const character = reader.text.charAt(reader.at);
    if (character === '"') {
      reader.at += 1;
      return true;
    }
    if (character === '\\') reader.at += 1;
    if (!/[\t -~]/.test(reader.text.charAt(reader.at))) return false;
  }
  return false;
}

/** `local@domain` without spaces or comments; the domain a host name or an address literal (RFC 5321 4.1.2, 4.1.3). */
function readAddrSpec(reader: Reader): boolean {
  const start = reader.at;
  const local = reader.text[start] === '"' ? readQuotedString(reader) : readDotAtom(reader);
  if (!local || !skip(reader, '@')) return false;
  const domain = match(reader, /\[(?:IPv6:[0-9A-Fa-f:.]{2,45}|[0-9.]{7,15})\]/y) || readDomain(reader);
  return domain && reader.at - start <= addressLimit;
}

/** Above the 254 of RFC 5321, since reply addresses of some services are longer; within one line. */
const addressLimit = 500;

function readDotAtom(reader: Reader): boolean {
  do {
    if (!match(reader, atomCharacters)) return false;
  } while (skip(reader, '.'));
  return true;
}

function readDomain(reader: Reader): boolean {
  do {
    if (!match(reader, /[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?/y)) return false;
  } while (skip(reader, '.'));
  return true;
}

function skip(reader: Reader, character: string): boolean {
  if (reader.text[reader.at] !== character) return false;
  reader.at += 1;
  return true;
}

function match(reader: Reader, pattern: RegExp): boolean {
  pattern.lastIndex = reader.at;
  const found = pattern.exec(reader.text);
  if (found === null) return false;
  reader.at = pattern.lastIndex;
  return true;
}
