/**
 * A text as a YAML scalar in one line: without quotes where every YAML reader takes it for the same text, else in
 * double quotes.
 */
export function quote(text: string): string {
  return isPlain(text) ? text : JSON.stringify(text).replace(/[\u007f-\u009f\u2028\u2029\ufeff]/g, escaped);
}

/** Letters, digits and the signs of addresses, not to be taken for a number, a truth value, a date's or YAML's own sign. */
export function isPlain(text: string): boolean {
  if (!/^[\p{L}\p{N}_./+$^~=][\p{L}\p{N}\p{M} _./+$^~=@()&!?*;'|-]*$/u.test(text)) return false;
  if (text.endsWith(' ') || text.includes('  ')) return false;
  if (/^(?:true|false|yes|no|on|off|y|n|null|~|=|[-+]?0x[\da-f]+)$/i.test(text)) return false;
  return (
    !/^[-+.]?[\d.]/.test(text) || /[\p{L}@-]/u.test(text.replace(/^0[xob]/i, '').replace(/e[-+]?\d/i, ''))
  );
}

function escaped(character: string): string {
  return `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`;
}
