/** What a command needs of the terminal. */
export interface Shell {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Standard output: the answer alone. */
  readonly out: (text: string) => void;
  /** Standard error: everything else. */
  readonly err: (text: string) => void;
  /** Asks a yes-or-no question; false where nobody can answer. */
  readonly confirm: (question: string) => Promise<boolean>;
}
