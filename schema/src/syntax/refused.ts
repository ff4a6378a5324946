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
  message: 'A second document begins here; a file is about one domain and has one document.',
  help: 'delete the line `---` or `...`, or move what follows into a file of its own',
};

const faults: { readonly [kind in Lexeme['kind']]?: (text: string) => Fault | undefined } = {
  anchor: (text) => ({
    code: 'yaml-anchor',
    message: `\`${text}\` is an anchor, which alias files do without: each alias says in full who gets its mail.`,
    help: `delete \`${text}\`, or put the text in quotes if it is meant literally: "${text}"`,
  }),
  alias: (text) =>
    text === '*' || text === '*:'
      ? {
          code: 'yaml-alias',
          message: 'The catch-all `*` stands in quotes, since a bare `*` has a meaning of its own in YAML.',
          help: text === '*' ? 'write "*"' : 'write "*":',
        }
      : {
          code: 'yaml-alias',
          message: `\`${text}\` refers to an anchor, which alias files do without: each alias says in full who gets its mail.`,
          help: `write out what is meant, or put the text in quotes if it is meant literally: "${text}"`,
        },
  tag: (text) => ({
    code: 'yaml-tag',
    message: `\`${text}\` is a tag, which alias files do without: everything in them is plain text.`,
    help: `delete \`${text}\`, or put the text in quotes if it is meant literally: "${text}"`,
  }),
  scalar: (text) =>
    text === mergeKey
      ? {
          code: 'yaml-merge-key',
          message:
            '`<<` is a merge key, which alias files do without: each alias says in full who gets its mail.',
          help: 'write out what is meant',
        }
      : undefined,
  directive: (text) => ({
    code: 'yaml-directive',
    message: `\`${text}\` is a directive, which alias files do without.`,
    help: 'delete the line',
  }),
};
