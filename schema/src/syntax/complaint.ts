import type { YAMLError } from 'yaml';
import { type Message, say } from '../messages/message.ts';
import { type Corrected, indentOf, replaced } from '../text/correction.ts';
import type { Finding } from '../text/diagnostic.ts';
import { pastedAddresses } from '../text/paste.ts';
import { quote } from '../text/quote.ts';
import { type Place, type SourceText, spanOf } from '../text/source.ts';

/** What is wrong, what to type, and the line as it should be, without its indentation. */
type Explanation = readonly [Message, Message?, string?];

/** The parser's complaint in words for somebody who has never seen YAML, at the character that it is about. */
export function complaint(source: SourceText, error: YAMLError): Finding {
  const start = signOf(source, error);
  const end = Math.max(start + 1, Math.min(error.pos[1], endOfLine(source.text, start)));
  const place = lineAround(source, start);
  const line = source.text.slice(place.start, place.end);
  const [message, help, corrected] = explanation(error, line, source.text.slice(start, end));
  return {
    code: 'yaml-syntax',
    severity: 'error',
    message,
    ...(help === undefined ? {} : { help }),
    ...(corrected !== undefined && correctionOf(place, corrected)),
    ...spanOf({ source, start, end }),
  };
}

function correctionOf(place: Place, line: string): Corrected {
  const { text } = place.source;
  if (text[place.start] !== '-' || !line.startsWith('- '))
    return replaced(place, line.replaceAll('\n', `\n${indentOf(place) ?? ''}`));
  // Who leaves out the space after one dash leaves it out after the next.
  const [next = ''] = /^(?:\r?\n *-[^\s-].*)*/.exec(text.slice(place.end, place.end + 1_000)) ?? [];
  return replaced(
    { ...place, end: place.end + next.length },
    `${line}${next.replaceAll(/^( *)-(?=\S)/gm, '$1- ')}`,
  );
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

/** A line without the spaces around it. */
function lineAround(source: SourceText, offset: number): Place {
  const from = source.text.lastIndexOf('\n', offset - 1) + 1;
  const line = source.text.slice(from, endOfLine(source.text, offset));
  const start = from + line.length - line.trimStart().length;
  return { source, start, end: start + line.trim().length };
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
      line.replace('- ', ''),
    ];
  const [, name = '', text = ''] = /^(\S+): +(.*)$/.exec(line) ?? [];
  return text.includes(': ')
    ? [
        say('This line has two colons followed by a space, so it is unclear where the text starts.'),
        say('quote the text: `{text}`', { text: `${name}: ${JSON.stringify(text)}` }),
        `${name}: ${JSON.stringify(text)}`,
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
  if (item !== undefined) return writeLine(say('The space after the dash is missing.'), `- ${item}`);
  const [, name = '', rest = ''] = /^(\w[\w.-]*)\s*[:=\uff1a]\s*(.*)$/.exec(line) ?? [];
  if (name !== '' && line.startsWith(`${name}:`))
    return writeLine(say('The space after `{name}:` is missing.', { name }), `${name}: ${rest}`);
  if (/^[[@]|\S@/.test(rest) && !listFields.has(name)) {
    const destinations = rest.replace(/^\[|\]$/g, '');
    return [
      say('There must be a colon after `{name}`, and its destinations on a line of their own.', { name }),
      say(
        'write `{name}:`, and on the next line, indented by two more spaces, `destinations: [{destinations}]`',
        { name, destinations },
      ),
      `${name}:\n  destinations: [${destinations}]`,
    ];
  }
  if (name !== '')
    return writeLine(say('There must be a colon after `{name}`.', { name }), `${name}: ${rest}`.trim());
  return /^\S+$/.test(line)
    ? writeLine(
        say('`{text}` is not followed by a colon, so it is neither a name nor a value.', { text: line }),
        `${line}:`,
      )
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
  const addresses = pastedAddresses(contentOf(line)) ?? [];
  const [name] = /^\w+: */.exec(line) ?? [];
  return [
    say('These are names with addresses, as a mail program copies them.'),
    say('write only the addresses: `[{addresses}]`', { addresses: addresses.join(', ') }),
    name === undefined
      ? addresses.map((one) => `- ${quote(one)}`).join('\n')
      : `${name}[${addresses.map(quote).join(', ')}]`,
  ];
}

function unexpected(sign: string, line: string): Explanation {
  const [whole = '', name, lists] = /^(\w+): *(\[[^[\]]*\](?: *(?:, *)?\[[^[\]]*\])+)/.exec(line) ?? [];
  if (name !== undefined && lists !== undefined) {
    const entries = lists.replace(/\] *(?:, *)?\[/g, ', ').replace(/^\[|\]$/g, '');
    const written = `${name}: [${entries}]`;
    return [
      say('`{name}` takes one list, and there are several here.', { name }),
      write(written),
      `${written}${line.slice(whole.length)}`,
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

function writeLine(message: Message, line: string): Explanation {
  return [message, write(line), line];
}

function write(text: string): Message {
  return say('write `{text}`', { text });
}
