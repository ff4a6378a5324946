/**
 * What SES says is wrong with a Content-Type, undefined when nothing is. Its messages are those of JavaMail's
 * `ContentType`: a type, a subtype, and parameters whose values are tokens or quoted strings; a last semicolon may stand.
 */
export function contentTypeFault(value: string): string | undefined {
  const tokens = tokensOf(value);
  if (typeof tokens === 'string') return tokens;
  const [type, slash, subtype, ...rest] = tokens;
  if (!isAtom(type)) return `Expected MIME type, got ${shown(type)}`;
  if (slash?.text !== '/') return `Expected '/', got ${shown(slash)}`;
  if (!isAtom(subtype)) return `Expected MIME subtype, got ${shown(subtype)}`;
  return parametersFault(rest);
}

interface Token {
  readonly kind: 'atom' | 'quoted' | 'special';
  readonly text: string;
}

/** RFC 2045 5.1: what ends a token. */
const specials = '()<>@,;:\\"/[]?=';

function tokensOf(value: string): readonly Token[] | string {
  const tokens: Token[] = [];
  for (let at = 0; at < value.length; ) {
    const character = value[at] ?? '';
    if (isSpace(character)) {
      at += 1;
    } else if (character === '(') {
      const end = value.indexOf(')', at);
      if (end < 0) return 'Unbalanced comments';
      at = end + 1;
    } else if (character === '"') {
      const quoted = /"(?:[^"\\]|\\.)*"/y;
      quoted.lastIndex = at;
      const text = quoted.exec(value)?.[0];
      if (text === undefined) return 'Unbalanced quoted string';
      tokens.push({ kind: 'quoted', text });
      at += text.length;
    } else if (specials.includes(character)) {
      tokens.push({ kind: 'special', text: character });
      at += 1;
    } else {
      const start = at;
      while (at < value.length && !isSpace(value[at] ?? '') && !specials.includes(value[at] ?? '')) at += 1;
      tokens.push({ kind: 'atom', text: value.slice(start, at) });
    }
  }
  return tokens;
}

function parametersFault(tokens: readonly Token[]): string | undefined {
  for (let at = 0; at < tokens.length; at += 4) {
    const [semicolon, name, equals, value] = tokens.slice(at, at + 4);
    if (semicolon?.text !== ';') return `Expected ';', got ${shown(semicolon)}`;
    if (name === undefined) return undefined;
    if (!isAtom(name)) return `Expected parameter name, got ${shown(name)}`;
    if (equals?.text !== '=') return `Expected '=', got ${shown(equals)}`;
    if (value === undefined || value.kind === 'special')
      return `Expected parameter value, got ${shown(value)}`;
  }
  return undefined;
}

function isAtom(token: Token | undefined): boolean {
  return token?.kind === 'atom';
}

function shown(token: Token | undefined): string {
  return `'${token?.text ?? 'null'}'`;
}

/** As JavaMail's tokenizer has it: no character beyond ASCII is a space. */
function isSpace(character: string): boolean {
  return character === ' ' || character === '\t';
}
