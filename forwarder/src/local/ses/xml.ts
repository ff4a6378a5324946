/** XML as the query protocol answers it: a text, or elements by name; a list becomes `member` elements. */
export type Xml = string | readonly Xml[] | { readonly [element: string]: Xml };

export function xml(node: Xml): string {
  if (typeof node === 'string') return escapeXml(node);
  if (Array.isArray(node))
    return (node as readonly Xml[]).map((each) => `<member>${xml(each)}</member>`).join('');
  return Object.entries(node)
    .map(([name, inner]) => `<${name}>${xml(inner)}</${name}>`)
    .join('');
}

function escapeXml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
