import { oneLine } from './oneLine.ts';

/**
 * Text from outside as Markdown that shows it and does nothing else: no markup, no HTML, no link, no mention. One
 * line, so that it can stand in a list or a table.
 */
export function markdown(text: string): string {
  return oneLine(text)
    .replace(/[\\`*_{}[\]()#+!|~$^=:-]/g, '\\$&')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')
    .replaceAll('@', '&#64;');
}
