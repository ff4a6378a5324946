import type { Place } from '../text/source.ts';

/** A scalar. `plain` when it stands without quotes, so that it may also be read as a number or a truth value. */
export interface Text extends Place {
  readonly kind: 'text';
  readonly text: string;
  readonly plain: boolean;
}

/** Nothing where a value may stand, as after `destinations:`. */
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

/** Entries in the file's order; a key may stand twice. */
export interface Table extends Place {
  readonly kind: 'table';
  readonly entries: readonly Entry[];
}

/** What a YAML file says, with the places where it says it. */
export type Value = Text | Nothing | List | Table;
