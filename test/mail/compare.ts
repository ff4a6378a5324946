import { changesFor } from './changes.ts';
import { bodyOf, linesOf, type RawLine, withoutSpacesBeforeColons } from './rawHeader.ts';
import type { Reading } from './reading.ts';
import { readLeniently } from './readLeniently.ts';
import { readStrictly } from './readStrictly.ts';
import { rewritten } from './rewritten.ts';

/** What the readers of a mail say to its rewriting. */
export interface Comparison {
  /** The rules of the rewriting by which a reading has changed. */
  readonly rules: readonly string[];
  /** Changes that no rule makes. */
  readonly faults: readonly string[];
}

/** Reads a mail before and after the rewriting. */
export async function compare(written: Buffer): Promise<Comparison> {
  const mail = withoutSpacesBeforeColons(written);
  const sent = rewritten(written);
  const lines = linesOf(mail);
  const before = await readLeniently(mail);
  const strict = readStrictly(mail);
  const after = await readLeniently(sent);
  const strictAfter = readStrictly(sent);
  const found = [
    ...changesFor('mailparser', before, after, lines),
    ...changesFor('the strict readers', strict, strictAfter, lines),
  ];
  return {
    rules: [
      ...(mail.equals(written) ? [] : ['no space stands before a colon']),
      ...new Set(found.flatMap(({ rules }) => rules ?? [])),
    ],
    faults: [
      ...found.filter(({ rules }) => rules === undefined).map(({ change }) => change),
      ...refused(strictAfter, lines),
      ...(bodyOf(mail).equals(bodyOf(sent)) ? [] : ['the body has other bytes']),
    ],
  };
}

/** What we write must be strict, but for what a mail keeps as it is: a second To, a text, words of a rare charset. */
function refused(after: Partial<Reading>, lines: readonly RawLine[]): string[] {
  const isKept = (key: string) => {
    const fields = lines.filter((line) => line.key === key);
    return fields.length > 1 || fields.some(({ text }) => text.includes('=?'));
  };
  return [
    ...(after.from === undefined ? ['the strict readers refuse From'] : []),
    ...(after.replyTo === undefined && !isKept('reply-to') ? ['the strict readers refuse Reply-To'] : []),
    ...(after.to === undefined && !isKept('to') ? ['the strict readers refuse To'] : []),
    ...(after.cc === undefined && !isKept('cc') ? ['the strict readers refuse Cc'] : []),
    ...(after.subject === undefined && !isKept('subject') ? ['the strict readers refuse Subject'] : []),
  ];
}
