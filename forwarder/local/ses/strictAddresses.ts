/** The addresses of a header field, or what SES says is wrong with it. */
export type Parsed = { readonly addresses: readonly string[] } | { readonly wrong: string };

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
