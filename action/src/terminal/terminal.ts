import type { Stage } from '../review/stage.ts';
import type { OpenTables } from '../tables/open.ts';

/** What a command has of the world. */
export interface Terminal {
  /** The result: JSON, or what a person asked for. */
  out(text: string): void;
  /** Everything else. */
  note(text: string): void;
  /** Whether `out` is a screen that shows colours. */
  readonly colours: boolean;
  /** The current folder. */
  readonly folder: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly now: Date;
  openTables(stage: Stage): Promise<OpenTables>;
}

/** Exit codes: the command did its work; the user's files or plan are not right; the world, or the usage, is not. */
export const exit = { fine: 0, notRight: 1, failed: 2, changes: 3 } as const;
export type Exit = (typeof exit)[keyof typeof exit];

export type Command = (terminal: Terminal, words: readonly string[]) => Promise<Exit>;
