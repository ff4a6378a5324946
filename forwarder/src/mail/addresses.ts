import { decodeWords } from './encodedWords.ts';
import { trimBlank } from './lines.ts';
import { type Token, tokenize } from './tokens.ts';

export interface Mailbox {
  /** What people see, decoded; '' where there is none. */
  readonly name: string;
  /** As written, without spaces, comments and route; '' where there is none. It may be no legal address. */
  readonly address: string;
}

/** Commas that a name may have; more is a list of words. */
const commaLimit = 5;

/**
 * The mailboxes of an address field, in order, however badly it is written: groups are opened, a route (`<@a,@b:c@d>`)
 * is cut off, a comment serves as the name of an address without one. Words that a bare comma parts from the words
 * before an angle bracket belong to that name: `Lee, Ann <ann@x.example>` is one mailbox.
 *
 * @param text the field's value as text, unfolded
 */
export function readMailboxes(text: string): Mailbox[] {
  const mailboxes: Mailbox[] = [];
  let draft = emptyDraft();
  // What ended with a comma and has no address: mailboxes without one, or the beginning of a name.
  let parts: Token[][] = [];
  const finishParts = (): void => {
    for (const phrase of parts) mailboxes.push(mailboxOf({ ...emptyDraft(), phrase: phrase.slice(0, -1) }));
    parts = [];
  };
  const finish = (comma?: Token): void => {
    const { phrase, comments, angle } = draft;
    if (comma !== undefined && isBareName(draft)) {
      if (parts.length === commaLimit) finishParts();
      parts.push([...phrase, comma]);
    } else if (angle !== undefined && angle.length > 0) {
      const words = [...parts.flat(), ...phrase];
      mailboxes.push(mailboxOf({ ...draft, phrase: phrase.length > 0 ? words : words.slice(0, -1) }));
      parts = [];
    } else {
      finishParts();
      if (phrase.length + comments.length > 0 || angle !== undefined) mailboxes.push(mailboxOf(draft));
    }
    draft = emptyDraft();
  };
  for (const token of tokenize(text)) {
    if (token.kind === 'comment') {
      draft.comments.push(token);
    } else if (draft.isInAngle) {
      addInAngle(draft, token, finish);
    } else if (token.kind === ',') {
      finish(token);
    } else if (token.kind === ';') {
      finish();
      finishParts();
    } else if (token.kind === ':') {
      // The words before a colon name a group.
      finishParts();
      draft = emptyDraft();
    } else if (token.kind === '<') {
      if (draft.angle !== undefined) finish();
      draft.angle = [];
      draft.isInAngle = true;
    } else if (token.kind !== '>') {
      if (draft.angle !== undefined && draft.angle.length > 0) finish();
      draft.phrase.push(token);
    }
  }
  finish();
  return mailboxes;
}

function isBareName({ phrase, comments, angle }: Draft): boolean {
  return (
    angle === undefined &&
    comments.length === 0 &&
    phrase.length > 0 &&
    !phrase.some(({ kind, text }) => kind === 'word' && text.includes('@'))
  );
}

interface Draft {
  readonly phrase: Token[];
  readonly comments: Token[];
  /** What stands between `<` and `>`. */
  angle: Token[] | undefined;
  isInAngle: boolean;
}

function emptyDraft(): Draft {
  return { phrase: [], comments: [], angle: undefined, isInAngle: false };
}

function addInAngle(draft: Draft, token: Token, finish: () => void): void {
  const angle = draft.angle ?? [];
  if (token.kind === '>') {
    draft.isInAngle = false;
  } else if (token.kind === '<') {
    // `<<a@b>>`, or a `<` in a name: the last one opens the address.
    for (const earlier of angle) draft.phrase.push(earlier);
    if (angle.length > 0) draft.angle = [];
  } else if ((token.kind === ',' && !isRoute(angle)) || token.kind === ';') {
    finish();
  } else {
    angle.push(token);
  }
}

function isRoute(angle: readonly Token[]): boolean {
  return angle[0]?.text.startsWith('@') ?? false;
}

function mailboxOf(draft: Draft): Mailbox {
  const comment = nameOf(draft.comments);
  if (draft.angle !== undefined && draft.angle.length > 0) {
    const address = addressOf(draft.angle);
    return { name: nameOf(draft.phrase) || comment, address };
  }
  const bare = bareAddress(draft.phrase);
  return { name: nameOf(bare.rest) || comment, address: addressOf(bare.address) };
}

/** Without angle brackets the address is what stands around an `@`; other words are the name. */
function bareAddress(phrase: readonly Token[]): {
  readonly address: readonly Token[];
  readonly rest: readonly Token[];
} {
  const at = phrase.findLastIndex((token) => token.kind === 'word' && token.text.includes('@'));
  if (at < 0) return { address: [], rest: phrase };
  let first = at;
  let last = at;
  while (first > 0 && (phrase[first]?.text.startsWith('@') || !phrase[first]?.isApart)) first -= 1;
  while (last + 1 < phrase.length && (phrase[last]?.text.endsWith('@') || !phrase[last + 1]?.isApart))
    last += 1;
  return {
    address: phrase.slice(first, last + 1),
    rest: [...phrase.slice(0, first), ...phrase.slice(last + 1)],
  };
}

function addressOf(tokens: readonly Token[]): string {
  if (tokens.length === 0) return '';
  const text = tokens.map((token) => (token.kind === 'quoted' ? quote(token.text) : token.text)).join('');
  const route = text.startsWith('@') ? text.lastIndexOf(':') + 1 : 0;
  return text.slice(route).replace(/^mailto:/i, '');
}

function nameOf(tokens: readonly Token[]): string {
  if (tokens.length === 0) return '';
  let text = '';
  for (const token of tokens) text += token.isApart ? ` ${token.text}` : token.text;
  return decodeWords(trimBlank(text));
}

/** A quoted string that holds the text (RFC 5322 3.2.4). */
export function quote(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&')}"`;
}
