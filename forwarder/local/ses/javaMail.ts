/** The addresses of a header field, or what SES says is wrong with it. */
type Parsed = { readonly addresses: readonly string[] } | { readonly wrong: string };

/**
 * Parses an address list as strictly as SES, whose messages are those of JavaMail's `InternetAddress`: display names
 * are anything that is balanced, empty list elements and groups are allowed. Linear in the value's length.
 */
export function strictAddresses(value: string): Parsed {
  const cut = split(value);
  if ('wrong' in cut) return cut;
  const addresses: string[] = [];
  for (const element of cut.elements) {
    const wrong = faultOf(element);
    if (wrong) return { wrong };
    addresses.push(element.address);
  }
  return { addresses };
}

/** The fault of a bare address such as an API call's destination; undefined when there is none. */
export function addressFault(address: string): string | undefined {
  return faultOf({ address });
}

interface Element {
  readonly address: string;
}

type Cut = { readonly elements: readonly Element[] } | { readonly wrong: string };

/** Cuts the list at its commas and takes the part between angle brackets where there is one. */
function split(value: string): Cut {
  const elements: Element[] = [];
  let plain = '';
  let route: string | undefined;
  let inGroup = false;
  const finish = () => {
    const address = (route ?? plain).trim();
    if (route !== undefined || address !== '') elements.push({ address });
    plain = '';
    route = undefined;
  };
  for (let at = 0; at < value.length; at += 1) {
    const character = value[at] ?? '';
    switch (character) {
      case '"':
      case '(':
      case '[':
      case '<': {
        const end = closing(value, at);
        if (end < 0) return { wrong: `Missing '${closers[character]}'` };
        const inside = value.slice(at + 1, end);
        if (character === '<' && route !== undefined) return { wrong: 'Extra route-addr' };
        if (character === '<') route = inside.trim();
        else if (character !== '(') plain += value.slice(at, end + 1);
        at = end;
        break;
      }
      case ')':
        return { wrong: "Missing '('" };
      case '>':
        return { wrong: "Missing '<'" };
      case ',':
        finish();
        break;
      case ':':
        if (inGroup) return { wrong: 'Nested group' };
        inGroup = true;
        plain = '';
        break;
      case ';':
        if (!inGroup) return { wrong: 'Illegal semicolon, not in group' };
        finish();
        inGroup = false;
        break;
      default:
        plain += character;
    }
  }
  if (inGroup) return { wrong: "Missing ';'" };
  finish();
  return { elements };
}

const closers: Readonly<Record<string, string>> = { '"': '"', '(': ')', '[': ']', '<': '>' };

/** Where the quoted string, comment, domain literal or route that begins at `start` ends; -1 if it does not. */
function closing(value: string, start: number): number {
  const opener = value[start] ?? '';
  let depth = 1;
  let quoted = false;
  for (let at = start + 1; at < value.length; at += 1) {
    const character = value[at];
    if (character === '\\') at += 1;
    else if (opener === '<' && character === '"') quoted = !quoted;
    else if (quoted) continue;
    else if (opener === '(' && character === '(') depth += 1;
    else if (character === closers[opener]) {
      depth -= 1;
      if (depth === 0) return at;
    }
  }
  return -1;
}

function faultOf({ address }: Element): string | undefined {
  if (address === '') return 'Empty address';
  const quotedLocal = /^"(?:[^"\\]|\\.)*"/.exec(address)?.[0];
  const at = quotedLocal === undefined ? address.indexOf('@') : quotedLocal.length;
  const local = at < 0 ? address : address.slice(0, at);
  if (local === '') return 'Missing local name';
  if (quotedLocal === undefined) {
    if (hasControlOrSpace(local)) return 'Local address contains control or whitespace';
    if (/[^\x21-\x7e]|[(),;:\\"<>[\]]/.test(local)) return 'Local address contains illegal character';
    if (local.startsWith('.')) return 'Local address starts with dot';
    if (local.includes('..')) return 'Local address contains dot-dot';
    if (local.endsWith('.')) return 'Local address ends with dot';
  }
  if (at < 0 || address[at] !== '@') return "Missing final '@domain'";
  return domainFault(address.slice(at + 1));
}

function domainFault(domain: string): string | undefined {
  if (domain === '') return 'Missing domain';
  if (/^\[[^[\]\s]*\]$/.test(domain)) return undefined;
  if (hasControlOrSpace(domain)) return 'Domain contains control or whitespace';
  if (/[^A-Za-z0-9.-]/.test(domain)) return 'Domain contains illegal character';
  if (domain.startsWith('.')) return 'Domain starts with dot';
  if (domain.includes('..')) return 'Domain contains dot-dot';
  return domain.endsWith('.') ? 'Domain ends with dot' : undefined;
}

function hasControlOrSpace(text: string): boolean {
  return [...text].some((character) => character <= ' ' || character === '\x7f');
}

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
