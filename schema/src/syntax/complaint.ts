import type { YAMLError } from 'yaml';
import type { Diagnostic } from '../text/diagnostic.ts';
import { pastedAddresses } from '../text/paste.ts';
import { type SourceText, spanOf } from '../text/source.ts';

/** The parser's complaint in words for somebody who has never seen YAML, at the character that it is about. */
export function complaint(source: SourceText, error: YAMLError): Diagnostic {
  const start = signOf(source, error);
  const end = Math.max(start + 1, Math.min(error.pos[1], endOfLine(source.text, start)));
  const line = lineAround(source.text, start);
  const [message, help] = explanation(error, line, source.text.slice(start, end));
  return {
    code: 'yaml-syntax',
    severity: 'error',
    message,
    ...(help === undefined ? {} : { help }),
    ...spanOf({ source, start, end }),
  };
}

/** The offset of what a complaint is about. Some begin at a line's first column and mean its first character. */
export function signOf({ text }: SourceText, error: YAMLError): number {
  let start = Math.min(error.pos[0], Math.max(0, text.length - 1));
  while (text[start] === ' ' && start < text.length - 1) start += 1;
  return start;
}

function endOfLine(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  return end < 0 ? text.length : end;
}

function lineAround(text: string, offset: number): string {
  return text.slice(text.lastIndexOf('\n', offset - 1) + 1, endOfLine(text, offset)).trim();
}

function explanation(error: YAMLError, line: string, sign: string): readonly [string, string?] {
  switch (error.code) {
    case 'BAD_INDENT':
      return [
        'This line is not indented like the lines that it belongs with.',
        'indent it with as many spaces as its neighbours of the same kind',
      ];
    case 'BLOCK_AS_IMPLICIT_KEY':
      return twoColons(line);
    case 'MULTILINE_IMPLICIT_KEY':
      return noColon(line);
    case 'MISSING_CHAR':
      if (pastedAddresses(contentOf(line)) !== undefined) return severalNames(line);
      return line.includes(':')
        ? [
            'A colon, a quotation mark or a bracket is missing here.',
            'check that every `[` has its `]`, and that every quotation mark is closed',
          ]
        : noColon(line);
    case 'BAD_SCALAR_START':
      if (sign.startsWith('@'))
        return [
          'There is nothing before this @.',
          'write a full address, such as `jane@gmail.com`; write an owner without the @',
        ];
      return [
        `A text that starts with ${sign.startsWith('`') ? 'a backtick' : `\`${sign[0] ?? ''}\``} must be in quotes.`,
        'quote the text',
      ];
    case 'UNEXPECTED_TOKEN':
      return unexpected(sign, line);
    case 'BAD_DQ_ESCAPE':
      return [
        'A backslash between double quotes starts an escape sequence, and this one does not exist.',
        'use single quotes, or write two backslashes',
      ];
    case 'BLOCK_IN_FLOW':
      return [
        'There cannot be lines with a dash or a colon between brackets.',
        'separate the entries with commas',
      ];
    case 'KEY_OVER_1024_CHARS':
      return ['This name is longer than 1,024 characters.'];
    default:
      return [`This is not YAML: ${error.message.slice(0, 200)}.`];
  }
}

function twoColons(line: string): readonly [string, string?] {
  const [, item] = /^- (\S+:)/.exec(line) ?? [];
  if (item !== undefined)
    return [
      'There must be no dash here, because the lines around it are names with a colon.',
      `write \`${item}\``,
    ];
  const [, name = '', text = ''] = /^(\S+): +(.*)$/.exec(line) ?? [];
  return text.includes(': ')
    ? [
        'This line has two colons followed by a space, so it is unclear where the text starts.',
        `quote the text: \`${name}: ${JSON.stringify(text)}\``,
      ]
    : [
        'The line below this one is indented further, so it is unclear what it belongs to.',
        'indent both lines with the same number of spaces',
      ];
}

/** A line that YAML does not read as a name with a value. */
function noColon(line: string): readonly [string, string?] {
  if (/^(?:<{7}|={7}|>{7})/.test(line))
    return [
      'This line marks a conflict between two changes of the file.',
      'keep one of the two versions, and delete the lines that start with `<<<<<<<`, `=======` and `>>>>>>>`',
    ];
  const [, item] = /^-(\S.*)$/.exec(line) ?? [];
  if (item !== undefined) return ['The space after the dash is missing.', `write \`- ${item}\``];
  const [, name = '', rest = ''] = /^(\w[\w.-]*)\s*[:=\uff1a]\s*(.*)$/.exec(line) ?? [];
  if (name !== '' && line.startsWith(`${name}:`))
    return [`The space after \`${name}:\` is missing.`, `write \`${name}: ${rest}\``];
  if (/^[[@]|\S@/.test(rest) && !listFields.has(name))
    return [
      `There must be a colon after \`${name}\`, and its destinations on a line of their own.`,
      `write \`${name}:\`, and on the next line, indented by two more spaces, \`destinations: [${rest.replace(/^\[|\]$/g, '')}]\``,
    ];
  if (name !== '')
    return [`There must be a colon after \`${name}\`.`, `write \`${`${name}: ${rest}`.trim()}\``];
  return /^\S+$/.test(line)
    ? [`\`${line}\` is not followed by a colon, so it is neither a name nor a value.`, `write \`${line}:\``]
    : [
        'This line has no colon, but the lines around it do.',
        'if it is a comment, start it with `#`; otherwise, with a name, a colon and a space',
      ];
}

/** The fields whose value is a list. */
const listFields: ReadonlySet<string> = new Set([
  'destinations',
  'aliasDomains',
  'allowedDomains',
  'domains',
]);

/** What is after the name of a field, and the dash of an entry. */
function contentOf(line: string): string {
  return line.replace(/^(?:-\s+)?(?:\w+:\s*)?\[?/, '').replace(/\]$/, '');
}

function severalNames(line: string): readonly [string, string?] {
  return [
    'These are names with addresses, as a mail program copies them.',
    `write only the addresses: \`[${pastedAddresses(contentOf(line))?.join(', ')}]\``,
  ];
}

function unexpected(sign: string, line: string): readonly [string, string?] {
  const [, name, lists] = /^(\w+): *(\[[^[\]]*\](?: *(?:, *)?\[[^[\]]*\])+)/.exec(line) ?? [];
  if (name !== undefined && lists !== undefined) {
    const entries = lists.replace(/\] *(?:, *)?\[/g, ', ').replace(/^\[|\]$/g, '');
    return [`\`${name}\` takes one list, and there are several here.`, `write \`${name}: [${entries}]\``];
  }
  if (sign.startsWith(',')) {
    return ['There is nothing before this comma.', 'delete the comma'];
  }
  if (sign.startsWith('-') && !line.startsWith('-')) {
    return [
      'A list with dashes must start on its own line.',
      'put each `- …` on its own line below, indented by two more spaces',
    ];
  }
  if (sign.startsWith(']') || sign.startsWith('}')) {
    return [
      `\`${sign[0] ?? ''}\` closes a bracket that was never opened.`,
      'delete it, or add the opening bracket',
    ];
  }
  return [
    `\`${sign}\` does not belong here, because the text before it has already ended.`,
    `if it is a comment, put a \`#\` before it: \`# ${sign.replace(/^[/#\s]+/, '')}\`; otherwise delete it, or quote the whole text`,
  ];
}
