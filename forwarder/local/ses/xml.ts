/** XML as the query protocol answers it: a text, or elements by name; a list becomes `member` or `entry` elements. */
export type Xml = string | readonly Xml[] | { readonly [element: string]: Xml };

export function xml(node: Xml): string {
  if (typeof node === 'string') return escapeXml(node);
  if (isList(node)) return node.map((each) => `<member>${xml(each)}</member>`).join('');
  return Object.entries(node)
    .map(([name, inner]) =>
      // A map is a list of entries without an element of its own around them.
      name === 'entry' && isList(inner)
        ? inner.map((each) => `<entry>${xml(each)}</entry>`).join('')
        : `<${name}>${xml(inner)}</${name}>`,
    )
    .join('');
}

/** A value of JSON as XML: numbers and truth values as texts. */
export function xmlOf(value: unknown): Xml {
  if (Array.isArray(value)) return value.map(xmlOf);
  if (value === null || typeof value !== 'object') return String(value);
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, xmlOf(inner)]));
}

function isList(node: Xml): node is readonly Xml[] {
  return Array.isArray(node);
}

function escapeXml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
