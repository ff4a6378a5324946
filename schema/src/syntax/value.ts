import { isMap, isScalar, isSeq, type Node, type Pair, type Scalar } from 'yaml';
import { type Message, say } from '../messages/message.ts';
import type { Finding } from '../text/diagnostic.ts';
import { type Place, type SourceText, spanOf } from '../text/source.ts';
import { invisibleIn } from './decode.ts';

/** A scalar. `plain` when it is not in quotes, so that it may also be read as a number or a truth value. */
export interface Text extends Place {
  readonly kind: 'text';
  readonly text: string;
  readonly plain: boolean;
}

/** Nothing where a value may be, as after `destinations:`. */
export interface Nothing extends Place {
  readonly kind: 'nothing';
}

export interface List extends Place {
  readonly kind: 'list';
  readonly items: readonly Value[];
}

export interface Entry {
  readonly key: Text;
  readonly value: Value;
}

/** Entries in the file's order; a key may be there twice. */
export interface Table extends Place {
  readonly kind: 'table';
  readonly entries: readonly Entry[];
}

/** What a YAML file says, with the places where it says it. */
export type Value = Text | Nothing | List | Table;

/** Levels of lists and maps; an alias file has four. */
const depthLimit = 32;

export interface Converted {
  readonly value: Value | undefined;
  readonly findings: readonly Finding[];
}

/** Turns the parser's nodes into values with their places, and refuses what can only be seen on a node. */
export function convert(source: SourceText, root: Node | undefined): Converted {
  const findings: Finding[] = [];

  const refuse = (code: string, place: Place, message: Message, help: Message): void => {
    findings.push({ code, severity: 'error', message, help, ...spanOf(place) });
  };

  const placeOf = (node: Node | null | undefined): Place => {
    const [start, end] = node?.range ?? [0, 0];
    return { source, start, end: Math.max(start, end) };
  };

  const text = (node: Scalar): Text => {
    const place = placeOf(node);
    const value = typeof node.value === 'string' ? node.value : (node.source ?? '');
    if (node.type === 'QUOTE_DOUBLE' && (invisibleIn(value) !== undefined || !value.isWellFormed())) {
      refuse(
        'control-character',
        place,
        hiddenCharacter,
        say('delete the sequence that starts with a backslash'),
      );
    }
    return { kind: 'text', text: value, plain: node.type === 'PLAIN', ...place };
  };

  const key = (node: unknown, pair: Pair): Text | undefined => {
    if (isScalar(node) && node.source !== '') {
      return text(node);
    }
    const place = placeOf((node ?? pair.value) as Node | null);
    refuse('yaml-key', { ...place, end: Math.max(place.end, place.start + 1) }, ...strangeKey);
    return undefined;
  };

  const read = (node: unknown, depth: number, before: Place): Value => {
    if (depth > depthLimit) {
      refuse('yaml-depth', placeOf(node as Node), ...tooDeep);
      return { kind: 'nothing', ...before };
    }
    if (isMap(node)) {
      const entries: Entry[] = [];
      for (const pair of node.items) {
        const name = key(pair.key, pair);
        if (name === undefined) continue;
        const { start, end } = name;
        entries.push({ key: name, value: read(pair.value, depth + 1, { source, start, end }) });
      }
      return { kind: 'table', entries, ...placeOf(node) };
    }
    if (isSeq(node)) {
      const place = placeOf(node);
      return { kind: 'list', items: node.items.map((item) => read(item, depth + 1, place)), ...place };
    }
    if (isScalar(node) && !isEmpty(node)) return text(node);
    return { kind: 'nothing', ...before };
  };

  const value = root === undefined || isEmpty(root) ? undefined : read(root, 1, placeOf(root));
  return { value, findings };
}

/** Nothing at all, not even quotes. */
function isEmpty(node: Node): boolean {
  return isScalar(node) && node.type === 'PLAIN' && node.source === '';
}

const hiddenCharacter = say(
  'This quoted text contains a character that cannot be seen; alias files must not contain any.',
);
const strangeKey = [
  say('There must be a single name before the colon.'),
  say('write a name before the colon'),
] as const;
const tooDeep = [
  say('This is nested too deeply; an alias file has four levels.'),
  say('move it to an outer level'),
] as const;
