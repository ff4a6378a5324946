import type { ExitMeaning } from './exit.ts';
import type { Options, Parsed, Word } from './options.ts';

/** One command of a program. `World` is what it has to act on. */
export interface Command<World, O extends Options = Options> {
  /** One line, in the imperative. */
  readonly summary: string;
  /** What else whoever uses it must know. */
  readonly note?: string;
  readonly words: readonly Word[];
  readonly options: O;
  /** The arguments of a typical call. */
  readonly example: string;
  readonly otherExamples?: readonly string[];
  /** Exit codes that other commands do not have. */
  readonly exits?: readonly ExitMeaning[];
  /** Gives the exit code. */
  run(world: World, parsed: Parsed<O>): Promise<number>;
}

export interface Program<World> {
  /** As it is typed, without a command. */
  readonly name: string;
  /** The npm script behind that name. */
  readonly script: string;
  readonly version: string;
  /** Loaded when they are asked for, so that one does not wait for what another needs. */
  readonly commands: Readonly<Record<string, () => Promise<Command<World>>>>;
}

/** Where a program writes: its result, and everything else. */
export interface Streams {
  out(text: string): void;
  note(text: string): void;
}

/** A program that is one command. */
export interface SingleProgram<World, O extends Options> extends Pick<Program<World>, 'name' | 'version'> {
  readonly command: Command<World, O>;
}
