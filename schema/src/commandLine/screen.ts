import type { Streams } from './command.ts';

/** Where a command line speaks with a person. Results go to `out`, all else to `note`. */
export interface Screen extends Streams {
  out(text: string | Uint8Array): void;
  /** Which of the two show colours. */
  readonly colours: { readonly out: boolean; readonly note: boolean };
  /** Shows a line until the next text takes its place; nothing where `note` is no screen. */
  progress(line: string): void;
  /** Asks a yes-or-no question. Absent where nobody could see it or answer. */
  readonly ask?: (question: string) => Promise<boolean>;
  /** Asks for a text, without the spaces around it; undefined once the input has ended. Absent where `ask` is. */
  readonly askText?: (question: string) => Promise<string | undefined>;
}

/** What is needed of a standard stream to write to it. */
interface Output {
  readonly isTTY?: boolean;
  write(text: string | Uint8Array): unknown;
  on(event: 'error', hear: (error: NodeJS.ErrnoException) => void): unknown;
}

/** What is needed of standard input to read an answer. */
interface Input {
  readonly isTTY?: boolean;
  setEncoding(encoding: 'utf8'): unknown;
  once(event: 'data' | 'end', hear: (text?: unknown) => void): unknown;
  off(event: 'data' | 'end', hear: (text?: unknown) => void): unknown;
  resume(): unknown;
  pause(): unknown;
}

export interface Standard {
  readonly stdin: Input;
  readonly stdout: Output;
  readonly stderr: Output;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** ECMA-48: back to the first column, and all of the line is erased. */
const erase = '\r\u001b[2K';

/**
 * The screen of a process. A reader that has seen enough (`| head`) is no failure, and nothing to end a sync for
 * halfway. NO_COLOR, not empty, turns colours off (no-color.org).
 */
export function screenOf({ stdin, stdout, stderr, env }: Standard): Screen {
  for (const stream of [stdout, stderr]) {
    stream.on('error', (error) => {
      if (error.code !== 'EPIPE') throw error;
    });
  }
  let shown = '';
  const clear = (): void => {
    if (shown !== '') stderr.write(erase);
    shown = '';
  };
  const note = (text: string): void => {
    clear();
    stderr.write(text);
  };
  const hasColours = ({ isTTY }: Output): boolean => isTTY === true && !env.NO_COLOR;
  const ask = async (question: string): Promise<boolean> => {
    note(`${question} [y/N] `);
    return /^\s*y(es)?\s*$/i.test((await lineOf(stdin)) ?? '');
  };
  const askText = async (question: string): Promise<string | undefined> => {
    note(`${question} `);
    return (await lineOf(stdin))?.trim();
  };
  return {
    out: (text) => {
      clear();
      stdout.write(text);
    },
    note,
    colours: { out: hasColours(stdout), note: hasColours(stderr) },
    progress: (line) => {
      if (stderr.isTTY !== true) return;
      shown = line;
      stderr.write(`${erase}${line}`);
    },
    ...(stdin.isTTY === true && stderr.isTTY === true ? { ask, askText } : {}),
  };
}

/** A line as a terminal hands it over, whole; undefined where the input has ended. */
function lineOf(stdin: Input): Promise<string | undefined> {
  return new Promise((resolve) => {
    const hear = (text?: unknown): void => {
      stdin.off('data', hear);
      stdin.off('end', hear);
      stdin.pause();
      resolve(text === undefined ? undefined : String(text));
    };
    stdin.setEncoding('utf8');
    stdin.once('data', hear);
    stdin.once('end', hear);
    stdin.resume();
  });
}
