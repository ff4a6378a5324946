import type { ErrorObject } from 'ajv/dist/2020.js';
import type { Text, Value } from '../syntax/value.ts';
import type { Diagnostic } from '../text/diagnostic.ts';
import { pastedAddresses } from '../text/paste.ts';
import { type Place, spanOf, startOfFile } from '../text/source.ts';
import { meantList, suggest } from '../text/suggest.ts';
import { type Located, repeatedName } from './data.ts';

/** The validator's complaint in plain words, at the key or the value that is meant. */
export function mistake(error: ErrorObject, located: Located): Diagnostic {
  switch (error.keyword) {
    case 'required':
      return missingKey(String(error.params.missingProperty), located, error);
    case 'additionalProperties':
      return strayKey(String(error.params.additionalProperty), located, error);
    case 'enum':
      return notOneOf((error.params.allowedValues as readonly unknown[]).map(String), located);
    case 'type':
      return wrongType(String(error.params.type), located, error);
    default:
      return at(
        located.value,
        'wrong-value',
        `${subject(located)} ${bounds(error)}, ${insteadOf(located.value)}.`,
      );
  }
}

function missingKey(name: string, { key, value }: Located, error: ErrorObject): Diagnostic {
  const example = propertyOf(error, name)?.examples?.[0];
  const line = `${name}: ${example === undefined ? '…' : flow(example)}`;
  return {
    code: 'missing-key',
    severity: 'error',
    message: key === undefined ? `This file has no \`${name}\`.` : `\`${key.text}\` has no \`${name}\`.`,
    help: key === undefined ? `add a line, such as \`${line}\`` : `add a line below it, such as \`${line}\``,
    ...(key === undefined ? startOfFile(value.source.path) : spanOf(key)),
  };
}

function strayKey(name: string, { key, value, entry }: Located, error: ErrorObject): Diagnostic {
  const place = entry(name)?.key ?? value;
  const written = repeatedName(name);
  if (written !== undefined) {
    const first = entry(written)?.key;
    return {
      ...at(place, 'duplicate-key', `\`${written}\` is defined twice.`, 'delete one of the two'),
      ...(first && { related: [{ message: 'the first is here', ...spanOf(first) }] }),
    };
  }
  const known = Object.keys(error.parentSchema?.properties ?? {});
  const likely = suggest(
    name.toLowerCase(),
    known.map((one) => one.toLowerCase()),
  );
  const meant = known.find((one) => one.toLowerCase() === likely || one.toLowerCase() === name.toLowerCase());
  const fields = known.map((one) => `\`${one}\``).join(', ');
  return at(
    place,
    'unknown-key',
    `Unknown field \`${name}\`. Allowed here: ${fields}.`,
    meant !== undefined
      ? `did you mean \`${meant}\`?`
      : /[\u00a0\u2000-\u200b\u3000]/.test(name)
        ? `it contains spaces that are not ordinary ones; delete and retype them`
        : isMisplacedAlias(name, error, entry)
          ? `if \`${name}\` is another alias, indent it with exactly two spaces`
          : isNote(entry(name)?.value)
            ? 'if it is a comment, start the line with `#`'
            : key === undefined && known.includes('aliases')
              ? 'put an alias below `aliases:`, indented by two spaces'
              : undefined,
  );
}

/** Several words after a colon, as in `Note: ask Jane first`. */
function isNote(value: Value | undefined): boolean {
  return value?.kind === 'text' && isProse(value.text);
}

/** An alias that is indented too far looks like a field of the one above it. */
function isMisplacedAlias(name: string, error: ErrorObject, entry: Located['entry']): boolean {
  const value = entry(name)?.value;
  return error.parentSchema?.title === 'Alias' && (value?.kind === 'table' || value?.kind === 'nothing');
}

function notOneOf(allowed: readonly string[], located: Located): Diagnostic {
  const { value } = located;
  const likely = value.kind === 'text' ? suggest(value.text.toLowerCase(), allowed) : undefined;
  const same = value.kind === 'text' ? allowed.find((one) => one === value.text.toLowerCase()) : undefined;
  const meant = same ?? likely;
  return at(
    value,
    'wrong-value',
    `${subject(located)} must be ${choice(allowed)}, ${insteadOf(value)}.`,
    meant === undefined ? undefined : `did you mean \`${meant}\`?`,
  );
}

const typeNames: Readonly<Record<string, string>> = {
  object: 'a group of fields',
  array: 'a list',
  string: 'text',
  boolean: '`true` or `false`',
  integer: 'a whole number',
  number: 'a number',
};

function wrongType(type: string, located: Located, error: ErrorObject): Diagnostic {
  const { value } = located;
  const help = cure(type, located, error);
  return at(
    value,
    'wrong-type',
    `${subject(located)} must be ${typeNames[type] ?? type}, ${insteadOf(value)}.`,
    help,
  );
}

/** What to type instead, where the existing text tells. */
function cure(type: string, { value, key }: Located, error: ErrorObject): string | undefined {
  if (type === 'array' && value.kind === 'text') {
    const pasted = pastedAddresses(value.text);
    if (pasted !== undefined)
      return `write only the addresses, in square brackets: \`[${pasted.join(', ')}]\``;
    const parts = meantList(value.text);
    if (value.text.startsWith('-')) return `put a space after each dash: \`- ${parts?.[0] ?? '…'}\``;
    return `put it in square brackets: \`[${parts?.join(', ') ?? value.text}]\``;
  }
  if (type === 'boolean' && value.kind === 'text') {
    if (/^(?:no|off|n|0|false)$/i.test(value.text)) return 'write `false`, without quotes';
    if (/^(?:yes|on|y|1|true)$/i.test(value.text)) return 'write `true`, without quotes';
    return 'write `true` if the alias receives mail, `false` if it does not';
  }
  if (type === 'object' && error.parentSchema?.title === 'Alias') {
    const help = aliasCure(value, key, error);
    if (help !== undefined) return help;
  }
  if (
    type === 'object' &&
    error.parentSchema?.title === 'Alias' &&
    (value.kind === 'list' || value.kind === 'text')
  ) {
    const written = value.kind === 'list' ? 'the list' : `\`[${value.text}]\``;
    return `put ${written} after \`destinations:\` on its own line, indented by two more spaces`;
  }
  if (
    type === 'array' &&
    value.kind === 'table' &&
    value.entries.every((one) => one.value.kind === 'nothing')
  )
    return `put it in square brackets: \`[${value.entries
      .map((one) => one.key.text)
      .join(', ')
      .slice(0, 200)}]\``;
  const example = error.parentSchema?.examples?.[0];
  return example === undefined || type === 'object' ? undefined : `for example: \`${flow(example)}\``;
}

/** For a field of an alias, or the bare name of an alias, that is in the wrong place. */
function aliasCure(value: Value, key: Text | undefined, error: ErrorObject): string | undefined {
  const fields = Object.keys(error.parentSchema?.properties ?? {});
  if (key !== undefined && fields.includes(key.text))
    return `if \`${key.text}\` belongs to the alias above it, indent it by two more spaces`;
  if (value.kind === 'nothing')
    return `put \`destinations: [jane@gmail.com]\` below it, indented by two more spaces`;
  const [, field = '', rest = ''] =
    value.kind === 'text' ? (/^(\w+)[:=\s\u00a0]+(\S.*)$/s.exec(value.text) ?? []) : [];
  if (fields.includes(field)) return `write a colon and a space after \`${field}\`: \`${field}: ${rest}\``;
  return value.kind === 'text' && isProse(value.text)
    ? 'if it is a comment, start the line with `#`'
    : undefined;
}

/** Words, and nothing that is like an address. */
function isProse(text: string): boolean {
  return /\s/.test(text.trim()) && !/[@=,;[\]]/.test(text);
}

function bounds({ keyword, params, parentSchema }: ErrorObject): string {
  switch (keyword) {
    case 'minimum':
      return `must be at least ${params.limit}`;
    case 'exclusiveMinimum':
      return `must be more than ${params.limit}`;
    case 'pattern':
      return `must look like \`${flow(parentSchema?.examples?.[0])}\``;
    case 'maxLength':
      return `must have at most ${params.limit} characters`;
    case 'maxItems':
      return `must have at most ${params.limit} entries`;
    case 'uniqueItems':
      return 'must not have an entry twice';
    default:
      return `must be at most ${params.limit}`;
  }
}

function subject({ key, isInList }: Located): string {
  if (key === undefined) return 'This file';
  return isInList ? `An entry of \`${key.text}\`` : `\`${key.text}\``;
}

/** The end of a sentence that says what must be there. */
function insteadOf(value: Value): string {
  return value.kind === 'nothing' ? 'but it is empty' : `not ${shown(value)}`;
}

function shown(value: Exclude<Value, { kind: 'nothing' }>): string {
  switch (value.kind) {
    case 'text':
      return `\`${value.text.length > 60 ? `${value.text.slice(0, 60)}…` : value.text}\``;
    case 'list':
      return 'a list';
    case 'table':
      return 'a group of fields';
  }
}

function choice(allowed: readonly string[]): string {
  const quoted = allowed.map((one) => `\`${one}\``);
  return `${quoted.slice(0, -1).join(', ')} or ${quoted.at(-1) ?? ''}`;
}

/** An example of the schema, as YAML in one line. */
function flow(example: unknown): string {
  return Array.isArray(example) ? `[${example.map(flow).join(', ')}]` : String(example);
}

function propertyOf(
  error: ErrorObject,
  name: string,
): { readonly examples?: readonly unknown[] } | undefined {
  return error.parentSchema?.properties?.[name];
}

function at(place: Place, code: string, message: string, help?: string): Diagnostic {
  return { code, severity: 'error', message, ...(help === undefined ? {} : { help }), ...spanOf(place) };
}
