import type { YAMLError } from 'yaml';
import { type Message, say } from '../messages/message.ts';
import type { Finding } from '../text/diagnostic.ts';
import { pastedAddresses } from '../text/paste.ts';
import { type SourceText, spanOf } from '../text/source.ts';

/** What is wrong, and what to type. */
type Explanation = readonly [Message, Message?];

/** The parser's complaint in words for somebody who has never seen YAML, at the character that it is about. */
export function complaint(source: SourceText, error: YAMLError): Finding {
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

function explanation(error: YAMLError, line: string, sign: string): Explanation {
  switch (error.code) {
    case 'BAD_INDENT':
      return [
        say('This line is not indented like the lines that it belongs with.'),
        say('indent it with as many spaces as its neighbours of the same kind'),
      ];
    case 'BLOCK_AS_IMPLICIT_KEY':
      return twoColons(line);
    case 'MULTILINE_IMPLICIT_KEY':
      return noColon(line);
    case 'MISSING_CHAR':
      if (pastedAddresses(contentOf(line)) !== undefined) return severalNames(line);
      return line.includes(':')
        ? [
            say('A colon, a quotation mark or a bracket is missing here.'),
            say('check that every `[` has its `]`, and that every quotation mark is closed'),
          ]
        : noColon(line);
    case 'BAD_SCALAR_START':
      if (sign.startsWith('@'))
        return [
          say('There is nothing before this @.'),
          say('write a full address, such as `jane@gmail.com`; write an owner without the @'),
        ];
      return [
        sign.startsWith('`')
          ? say('A text that starts with a backtick must be in quotes.')
          : say('A text that starts with `{sign}` must be in quotes.', { sign: sign[0] ?? '' }),
        say('quote the text'),
      ];
    case 'UNEXPECTED_TOKEN':
      return unexpected(sign, line);
    case 'BAD_DQ_ESCAPE':
      return [
        say('A backslash between double quotes starts an escape sequence, and this one does not exist.'),
        say('use single quotes, or write two backslashes'),
      ];
    case 'BLOCK_IN_FLOW':
      return [
        say('There cannot be lines with a dash or a colon between brackets.'),
        say('separate the entries with commas'),
      ];
    case 'KEY_OVER_1024_CHARS':
      return [say('This name is longer than 1,024 characters.')];
    default:
      return [say('This is not YAML: {reason}.', { reason: error.message.slice(0, 200) })];
  }
}

function twoColons(line: string): Explanation {
  const [, item] = /^- (\S+:)/.exec(line) ?? [];
  if (item !== undefined)
    return [
      say('There must be no dash here, because the lines around it are names with a colon.'),
      write(item),
    ];
  const [, name = '', text = ''] = /^(\S+): +(.*)$/.exec(line) ?? [];
  return text.includes(': ')
    ? [
        say('This line has two colons followed by a space, so it is unclear where the text starts.'),
        say('quote the text: `{text}`', { text: `${name}: ${JSON.stringify(text)}` }),
      ]
    : [
        say('The line below this one is indented further, so it is unclear what it belongs to.'),
        say('indent both lines with the same number of spaces'),
      ];
}

/** A line that YAML does not read as a name with a value. */
function noColon(line: string): Explanation {
  if (/^(?:<{7}|={7}|>{7})/.test(line))
    return [
      say('This line marks a conflict between two changes of the file.'),
      say(
        'keep one of the two versions, and delete the lines that start with `<<<<<<<`, `=======` and `>>>>>>>`',
      ),
    ];
  const [, item] = /^-(\S.*)$/.exec(line) ?? [];
  if (item !== undefined) return [say('The space after the dash is missing.'), write(`- ${item}`)];
  const [, name = '', rest = ''] = /^(\w[\w.-]*)\s*[:=\uff1a]\s*(.*)$/.exec(line) ?? [];
  if (name !== '' && line.startsWith(`${name}:`))
    return [say('The space after `{name}:` is missing.', { name }), write(`${name}: ${rest}`)];
  if (/^[[@]|\S@/.test(rest) && !listFields.has(name))
    return [
      say('There must be a colon after `{name}`, and its destinations on a line of their own.', { name }),
      say(
        'write `{name}:`, and on the next line, indented by two more spaces, `destinations: [{destinations}]`',
        { name, destinations: rest.replace(/^\[|\]$/g, '') },
      ),
    ];
  if (name !== '')
    return [say('There must be a colon after `{name}`.', { name }), write(`${name}: ${rest}`.trim())];
  return /^\S+$/.test(line)
    ? [
        say('`{text}` is not followed by a colon, so it is neither a name nor a value.', { text: line }),
        write(`${line}:`),
      ]
    : [
        say('This line has no colon, but the lines around it do.'),
        say('if it is a comment, start it with `#`; otherwise, with a name, a colon and a space'),
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

function severalNames(line: string): Explanation {
  return [
    say('These are names with addresses, as a mail program copies them.'),
    say('write only the addresses: `[{addresses}]`', {
      addresses: pastedAddresses(contentOf(line))?.join(', ') ?? '',
    }),
  ];
}

function unexpected(sign: string, line: string): Explanation {
  const [, name, lists] = /^(\w+): *(\[[^[\]]*\](?: *(?:, *)?\[[^[\]]*\])+)/.exec(line) ?? [];
  if (name !== undefined && lists !== undefined) {
    const entries = lists.replace(/\] *(?:, *)?\[/g, ', ').replace(/^\[|\]$/g, '');
    return [
      say('`{name}` takes one list, and there are several here.', { name }),
      write(`${name}: [${entries}]`),
    ];
  }
  if (sign.startsWith(',')) return [say('There is nothing before this comma.'), say('delete the comma')];
  if (sign.startsWith('-') && !line.startsWith('-'))
    return [
      say('A list with dashes must start on its own line.'),
      say('put each `- …` on its own line below, indented by two more spaces'),
    ];
  if (sign.startsWith(']') || sign.startsWith('}'))
    return [
      say('`{sign}` closes a bracket that was never opened.', { sign: sign[0] ?? '' }),
      say('delete it, or add the opening bracket'),
    ];
  return [
    say('`{sign}` does not belong here, because the text before it has already ended.', { sign }),
    say(
      'if it is a comment, put a `#` before it: `{comment}`; otherwise delete it, or quote the whole text',
      { comment: `# ${sign.replace(/^[/#\s]+/, '')}` },
    ),
  ];
}

function write(text: string): Message {
  return say('write `{text}`', { text });
}
