import type { ErrorObject } from 'ajv/dist/2020.js';
import { type Message, say } from '../messages/message.ts';
import type { Table, Text, Value } from '../syntax/value.ts';
import { type Corrected, indentOf, replaced } from '../text/correction.ts';
import { pastedAddresses } from '../text/paste.ts';
import { quote } from '../text/quote.ts';
import { meantList } from '../text/suggest.ts';
import type { Located } from './data.ts';

/** What to type, and the lines as they should be where that is certain. */
export interface Cure extends Corrected {
  readonly help?: Message;
}

/** What to type instead of a value of the wrong type, where the existing text tells. */
export function cureOf(type: string, { value, key }: Located, error: ErrorObject): Cure {
  if (type === 'array' && value.kind === 'text') return listOfText(value);
  if (type === 'array' && value.kind === 'table' && isBare(value)) return listOfNames(value);
  if (type === 'boolean' && value.kind === 'text') return truthValue(value);
  if (type === 'object' && error.parentSchema?.title === 'Alias') return aliasCure(value, key, error);
  const example = error.parentSchema?.examples?.[0];
  return example === undefined || type === 'object'
    ? {}
    : { help: say('for example: `{example}`', { example: flow(example) }) };
}

function listOfText(value: Text): Cure {
  const pasted = pastedAddresses(value.text);
  if (pasted !== undefined) {
    const addresses = pasted.join(', ');
    return {
      help: say('write only the addresses, in square brackets: `[{addresses}]`', { addresses }),
      ...replaced(value, listOf(pasted)),
    };
  }
  const parts = meantList(value.text);
  if (value.text.startsWith('-'))
    return { help: say('put a space after each dash: `- {entry}`', { entry: parts?.[0] ?? '…' }) };
  return {
    help: brackets(parts?.join(', ') ?? value.text),
    ...(parts !== undefined && replaced(value, listOf(parts))),
  };
}

/** Curly brackets around names, or names with a colon each. */
function isBare({ entries }: Table): boolean {
  return entries.every((one) => one.value.kind === 'nothing');
}

function listOfNames(value: Table): Cure {
  const names = value.entries.map((one) => one.key.text);
  const isFlow = value.source.text[value.start] === '{';
  return {
    help: brackets(names.join(', ').slice(0, 200)),
    ...(isFlow && replaced(value, listOf(names))),
  };
}

function brackets(list: string): Message {
  return say('put it in square brackets: `[{list}]`', { list });
}

function truthValue(value: Text): Cure {
  const meant = /^(?:no|off|n|0|false)$/i.test(value.text)
    ? 'false'
    : /^(?:yes|on|y|1|true)$/i.test(value.text)
      ? 'true'
      : undefined;
  return meant === undefined
    ? { help: say('write `true` if the alias receives mail, `false` if it does not') }
    : { help: say('write `{value}`, without quotes', { value: meant }), ...replaced(value, meant) };
}

/** For a list or a text that an alias has as a whole, or a field of an alias that is in the wrong place. */
function aliasCure(value: Value, key: Text | undefined, error: ErrorObject): Cure {
  const fields = Object.keys(error.parentSchema?.properties ?? {});
  if (key !== undefined && fields.includes(key.text)) {
    const help = say('if `{field}` belongs to the alias above it, indent it by two more spaces', {
      field: key.text,
    });
    return { help };
  }
  if (value.kind === 'nothing')
    return { help: say('put `destinations: [jane@gmail.com]` below it, indented by two more spaces') };
  if (value.kind === 'text') {
    const [, field = '', rest = ''] = /^(\w+)[:=\s\u00a0]+(\S.*)$/s.exec(value.text) ?? [];
    if (fields.includes(field))
      return {
        help: say('write a colon and a space after `{field}`: `{field}: {rest}`', { field, rest }),
        ...(indentOf(value) !== undefined && replaced(value, `${field}: ${rest}`)),
      };
    if (isProse(value.text)) return { help: say('if it is a comment, start the line with `#`') };
    const parts = meantList(value.text);
    return {
      help: say('put `[{list}]` after `destinations:` on its own line, indented by two more spaces', {
        list: value.text,
      }),
      ...(key !== undefined && parts !== undefined && ownLine(key, value, listOf(parts))),
    };
  }
  if (value.kind !== 'list') return {};
  const written = value.source.text.slice(value.start, value.end);
  return {
    help: say('put the list after `destinations:` on its own line, indented by two more spaces'),
    ...(key !== undefined && /^\[[^\n]*\]$/.test(written) && ownLine(key, value, written)),
  };
}

/** The destinations below the alias's name, where that begins its line and they stand beside it. */
function ownLine(key: Text, value: Value, list: string): Corrected {
  const indent = indentOf(key);
  const between = value.source.text.slice(key.end, value.start);
  return indent === undefined || !/^ *: *$/.test(between)
    ? {}
    : replaced({ ...value, start: key.end }, `:\n${indent}  destinations: ${list}`);
}

function listOf(entries: readonly string[]): string {
  return `[${entries.map(quote).join(', ')}]`;
}

/** Words, and nothing that is like an address. */
export function isProse(text: string): boolean {
  return /\s/.test(text.trim()) && !/[@=,;[\]]/.test(text);
}

/** An example of the schema, as YAML in one line. */
export function flow(example: unknown): string {
  return Array.isArray(example) ? `[${example.map(flow).join(', ')}]` : String(example);
}
