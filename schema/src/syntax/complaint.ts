import type { YAMLError } from 'yaml';
import type { Diagnostic } from '../text/diagnostic.ts';
import { type SourceText, spanOf } from '../text/source.ts';

/** The parser's complaint in words for somebody who has never seen YAML, at the sign that is meant. */
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

/** Where the sign is that a complaint means. Some begin at a line's first column and mean the line's first sign. */
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
        'This line is not indented like the lines that it belongs to.',
        'give it as many spaces at its beginning as its neighbours of the same kind have',
      ];
    case 'BLOCK_AS_IMPLICIT_KEY':
      return twoColons(line);
    case 'MULTILINE_IMPLICIT_KEY':
      return noColon(line);
    case 'MISSING_CHAR':
      return line.includes(':')
        ? [
            'Something is missing here: a colon, a quote or a bracket.',
            'look whether each `[` has its `]`, and each quote its second one',
          ]
        : noColon(line);
    case 'BAD_SCALAR_START':
      if (sign.startsWith('@'))
        return [
          'Here stands an @ with nothing before it.',
          'write a whole address, such as `jane@gmail.com`; an owner is written without the @',
        ];
      return [
        `A text cannot begin with ${sign.startsWith('`') ? 'a backtick' : `\`${sign[0] ?? ''}\``} unless it stands in quotes.`,
        'put the text in quotes',
      ];
    case 'UNEXPECTED_TOKEN':
      return unexpected(sign, line);
    case 'BAD_DQ_ESCAPE':
      return [
        'A backslash between double quotes begins a special sign, and there is none like this one.',
        'use single quotes, or write two backslashes',
      ];
    case 'BLOCK_IN_FLOW':
      return [
        'Lines with a dash or a colon cannot stand between brackets.',
        'separate the entries by commas',
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
    return ['A dash does not belong here: the lines around it are names with a colon.', `write \`${item}\``];
  const [, name = '', text = ''] = /^(\S+): +(.*)$/.exec(line) ?? [];
  return text.includes(': ')
    ? [
        'There are two colons with a space after them in one line, so it is unclear what belongs to what.',
        `put the text in quotes: \`${name}: ${JSON.stringify(text)}\``,
      ]
    : [
        'The line below this one begins further in, so it is unclear what belongs to what.',
        'give both lines as many spaces at their beginning',
      ];
}

/** A line of which YAML makes no name with a value. */
function noColon(line: string): readonly [string, string?] {
  if (/^(?:<{7}|={7}|>{7})/.test(line))
    return [
      'This line marks where two changes of the file meet.',
      'keep one of the two versions, and delete the lines that begin with `<<<<<<<`, `=======` and `>>>>>>>`',
    ];
  const [, item] = /^-(\S.*)$/.exec(line) ?? [];
  if (item !== undefined) return ['After the dash a space is missing.', `write \`- ${item}\``];
  const [, name = '', rest = ''] = /^(\w[\w.-]*)\s*[:=\uff1a]\s*(.*)$/.exec(line) ?? [];
  if (name !== '' && line.startsWith(`${name}:`))
    return [`After the colon of \`${name}:\` a space is missing.`, `write \`${name}: ${rest}\``];
  if (name !== '')
    return [
      `After \`${name}\` there is another sign where a colon belongs.`,
      `write \`${`${name}: ${rest}`.trim()}\``,
    ];
  return /^\S+$/.test(line)
    ? [`\`${line}\` has no colon after it, so it is neither a name nor a value.`, `write \`${line}:\``]
    : [
        'This line has no colon, and lines with one stand around it.',
        'write a name, a colon and a space before what belongs to the name',
      ];
}

function unexpected(sign: string, line: string): readonly [string, string?] {
  if (sign.startsWith(',')) {
    return ['There is a comma with nothing before it.', 'delete the comma'];
  }
  if (sign.startsWith('-') && !line.startsWith('-')) {
    return [
      'A list with dashes begins on a line of its own.',
      'put each `- …` on the lines below, two spaces further in',
    ];
  }
  if (sign.startsWith(']') || sign.startsWith('}')) {
    return [
      `\`${sign[0] ?? ''}\` closes a bracket that was never opened.`,
      'delete it, or put the opening one where it belongs',
    ];
  }
  return [
    `\`${sign}\` does not belong here: the text before it has ended already.`,
    'delete it, or put the whole text in quotes',
  ];
}
