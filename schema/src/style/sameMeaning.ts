import { lex } from '../syntax/lexeme.ts';
import { parse } from '../syntax/parse.ts';
import type { Value } from '../syntax/value.ts';
import { createSourceText } from '../text/source.ts';

/** Whether two YAML texts say the same, whatever the order of their fields, and have the same comments. */
export function sameMeaning(a: string, b: string): boolean {
  return meaning(a) === meaning(b) && comments(a) === comments(b);
}

function meaning(text: string): string {
  const { value } = parse(createSourceText('', text));
  return value === undefined ? '' : JSON.stringify(plain(value));
}

/** Tables as sorted pairs, since a name may stand twice; a plain text and a quoted one differ where it matters. */
function plain(value: Value): unknown {
  switch (value.kind) {
    case 'nothing':
      return null;
    case 'text':
      return value.text;
    case 'list':
      return value.items.map(plain);
    case 'table':
      return {
        entries: value.entries
          .map(({ key, value: inner }) => JSON.stringify([key.text, plain(inner)]))
          .sort(),
      };
  }
}

function comments(text: string): string {
  const all = [...lex(text)].filter(({ kind }) => kind === 'comment').map((one) => one.text.trim());
  return all.sort().join('\n');
}
