import type { Diagnostic } from '../text/diagnostic.ts';
import { type SourceText, spanOf } from '../text/source.ts';
import { mergeKey } from './guard.ts';
import type { Lexeme } from './lexeme.ts';

/** What YAML has and the alias language does without, each where it stands, so that a file means what it shows. */
export function* refused(source: SourceText, lexemes: readonly Lexeme[]): Generator<Diagnostic> {
  let documents = 0;
  let hasContent = false;
  for (const lexeme of lexemes) {
    if (lexeme.kind === 'document') documents += 1;
    const isSecond =
      lexeme.kind === 'document' ? documents > 1 : lexeme.kind === 'document-start' && hasContent;
    hasContent ||= lexeme.kind === 'scalar' || lexeme.kind === 'quoted' || lexeme.kind === 'open';
    const fault = isSecond ? secondDocument : faults[lexeme.kind]?.(lexeme.text);
    if (fault === undefined) continue;
    const end = lexeme.start + Math.max(1, lexeme.text.length);
    yield { severity: 'error', ...fault, ...spanOf({ source, start: lexeme.start, end }) };
  }
}

type Fault = Pick<Diagnostic, 'code' | 'message' | 'help'>;

const secondDocument: Fault = {
  code: 'yaml-document',
  message: 'A second YAML document starts here, but a file describes one domain in one document.',
  help: 'delete the line `---` or `...`, or move what follows it to another file',
};

const faults: { readonly [kind in Lexeme['kind']]?: (text: string) => Fault | undefined } = {
  anchor: (text) => ({
    code: 'yaml-anchor',
    message: `\`${text}\` is a YAML anchor, which alias files do not allow: each alias says in full who gets its mail.`,
    help: `delete \`${text}\`, or quote it if it is meant literally: "${text}"`,
  }),
  alias: (text) =>
    text === '*' || text === '*:'
      ? {
          code: 'yaml-alias',
          message: 'The catch-all `*` must be in quotes, because a bare `*` has another meaning in YAML.',
          help: text === '*' ? 'write "*"' : 'write "*":',
        }
      : {
          code: 'yaml-alias',
          message: `\`${text}\` refers to a YAML anchor, which alias files do not allow: each alias says in full who gets its mail.`,
          help: `write it out in full, or quote it if it is meant literally: "${text}"`,
        },
  tag: (text) => ({
    code: 'yaml-tag',
    message: `\`${text}\` is a YAML tag, which alias files do not allow: everything in them is plain text.`,
    help: `delete \`${text}\`, or quote it if it is meant literally: "${text}"`,
  }),
  scalar: (text) =>
    text === mergeKey
      ? {
          code: 'yaml-merge-key',
          message:
            '`<<` is a YAML merge key, which alias files do not allow: each alias says in full who gets its mail.',
          help: 'write it out in full',
        }
      : undefined,
  directive: (text) => ({
    code: 'yaml-directive',
    message: `\`${text}\` is a YAML directive, which alias files do not allow.`,
    help: 'delete the line',
  }),
};
