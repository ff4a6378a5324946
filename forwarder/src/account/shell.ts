import { createInterface } from 'node:readline/promises';

/** What a command needs of the terminal. */
export interface Shell {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Standard output: the answer alone. */
  out(text: string): void;
  /** Standard error: everything else. */
  note(text: string): void;
}

/** Asks a yes-or-no question on the terminal; false where nobody can answer. */
export async function confirm(question: string): Promise<boolean> {
  if (!process.stdin.isTTY) return false;
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^y(es)?$/i.test((await terminal.question(`${question} [y/N] `)).trim());
  } finally {
    terminal.close();
  }
}
