import type { ErrorObject } from 'ajv/dist/2020.js';
import { type Message, say } from '../messages/message.ts';
import type { Value } from '../syntax/value.ts';
import { replaced } from '../text/correction.ts';
import type { Finding } from '../text/diagnostic.ts';
import { type Place, spanOf, startOfFile } from '../text/source.ts';
import { suggest } from '../text/suggest.ts';
import { type Cure, cureOf, flow, isProse } from './cure.ts';
import { type Located, repeatedName } from './data.ts';

/** The validator's complaint in plain words, at the key or the value that is meant. */
export function mistake(error: ErrorObject, located: Located): Finding {
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
      return at(located.value, 'wrong-value', outOfBounds(located, error));
  }
}

function missingKey(name: string, { key, value }: Located, error: ErrorObject): Finding {
  const example = propertyOf(error, name)?.examples?.[0];
  const line = `${name}: ${example === undefined ? '…' : flow(example)}`;
  return {
    code: 'missing-key',
    severity: 'error',
    message:
      key === undefined
        ? say('This file has no `{field}`.', { field: name })
        : say('`{name}` has no `{field}`.', { name: key.text, field: name }),
    help:
      key === undefined
        ? say('add a line, such as `{line}`', { line })
        : say('add a line below it, such as `{line}`', { line }),
    ...(key === undefined ? startOfFile(value.source.path) : spanOf(key)),
  };
}

function strayKey(name: string, located: Located, error: ErrorObject): Finding {
  const { value, entry } = located;
  const place = entry(name)?.key ?? value;
  const written = repeatedName(name);
  if (written !== undefined) {
    const first = entry(written)?.key;
    return {
      ...at(place, 'duplicate-key', say('`{name}` is defined twice.', { name: written }), {
        help: say('delete one of the two'),
      }),
      ...(first && { related: [{ message: say('the first is here'), ...spanOf(first) }] }),
    };
  }
  const known = Object.keys(error.parentSchema?.properties ?? {});
  const likely = suggest(
    name.toLowerCase(),
    known.map((one) => one.toLowerCase()),
  );
  const meant = known.find((one) => one.toLowerCase() === likely || one.toLowerCase() === name.toLowerCase());
  const fields = known.map((one) => `\`${one}\``).join(', ');
  const message = say('Unknown field `{name}`. Allowed here: {fields}.', { name, fields });
  if (meant !== undefined) {
    const isFree = entry(meant) === undefined;
    const help = say('did you mean `{meant}`?', { meant });
    return at(place, 'unknown-key', message, { help, ...(isFree && replaced(place, meant)) });
  }
  const help = strayCure(name, located, error);
  return at(place, 'unknown-key', message, { ...(help && { help }) });
}

function strayCure(name: string, { key, entry }: Located, error: ErrorObject): Message | undefined {
  if (/[\u00a0\u2000-\u200b\u3000]/.test(name))
    return say('it contains spaces that are not ordinary ones; delete and retype them');
  if (isMisplacedAlias(name, error, entry))
    return say('if `{name}` is another alias, indent it with exactly two spaces', { name });
  if (isNote(entry(name)?.value)) return say('if it is a comment, start the line with `#`');
  return key === undefined && error.parentSchema?.properties?.aliases !== undefined
    ? say('put an alias below `aliases:`, indented by two spaces')
    : undefined;
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

function notOneOf(allowed: readonly string[], located: Located): Finding {
  const { value } = located;
  const likely = value.kind === 'text' ? suggest(value.text.toLowerCase(), allowed) : undefined;
  const same = value.kind === 'text' ? allowed.find((one) => one === value.text.toLowerCase()) : undefined;
  const meant = same ?? likely;
  return at(
    value,
    'wrong-value',
    say('{subject} must be {wanted}, {instead}.', {
      subject: subject(located),
      wanted: { or: allowed.map((one) => `\`${one}\``) },
      instead: insteadOf(value),
    }),
    meant === undefined ? {} : { help: say('did you mean `{meant}`?', { meant }), ...replaced(value, meant) },
  );
}

const typeNames: Readonly<Record<string, Message>> = {
  object: say('a group of fields'),
  array: say('a list'),
  string: say('text'),
  boolean: say('`true` or `false`'),
  integer: say('a whole number'),
  number: say('a number'),
};

function wrongType(type: string, located: Located, error: ErrorObject): Finding {
  const { value } = located;
  return at(
    value,
    'wrong-type',
    say('{subject} must be {wanted}, {instead}.', {
      subject: subject(located),
      wanted: typeNames[type] ?? type,
      instead: insteadOf(value),
    }),
    cureOf(type, located, error),
  );
}

function outOfBounds(located: Located, { keyword, params, parentSchema }: ErrorObject): Message {
  const parts = {
    subject: subject(located),
    instead: insteadOf(located.value),
    limit: Number(params.limit),
  };
  switch (keyword) {
    case 'minimum':
      return say('{subject} must be at least {limit}, {instead}.', parts);
    case 'exclusiveMinimum':
      return say('{subject} must be more than {limit}, {instead}.', parts);
    case 'pattern':
      return say('{subject} must look like `{example}`, {instead}.', {
        ...parts,
        example: flow(parentSchema?.examples?.[0]),
      });
    case 'maxLength':
      return say('{subject} must have at most {limit} characters, {instead}.', parts);
    case 'maxItems':
      return say('{subject} must have at most {limit} entries, {instead}.', parts);
    case 'uniqueItems':
      return say('{subject} must not have an entry twice, {instead}.', parts);
    default:
      return say('{subject} must be at most {limit}, {instead}.', parts);
  }
}

function subject({ key, isInList }: Located): Message {
  if (key === undefined) return say('This file');
  const name = key.text;
  return isInList ? say('An entry of `{name}`', { name }) : say('`{name}`', { name });
}

/** The end of a sentence that says what must be there. */
function insteadOf(value: Value): Message {
  return value.kind === 'nothing' ? say('but it is empty') : say('not {value}', { value: shown(value) });
}

function shown(value: Exclude<Value, { kind: 'nothing' }>): string | Message {
  switch (value.kind) {
    case 'text':
      return `\`${value.text.length > 60 ? `${value.text.slice(0, 60)}…` : value.text}\``;
    case 'list':
      return say('a list');
    case 'table':
      return say('a group of fields');
  }
}

function propertyOf(
  error: ErrorObject,
  name: string,
): { readonly examples?: readonly unknown[] } | undefined {
  return error.parentSchema?.properties?.[name];
}

function at(place: Place, code: string, message: Message, cure: Cure = {}): Finding {
  return { code, severity: 'error', message, ...cure, ...spanOf(place) };
}
