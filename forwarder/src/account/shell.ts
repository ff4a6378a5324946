/** What a command needs of the terminal. */
export interface Shell {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Standard output: the answer alone. */
  out(text: string): void;
  /** Standard error: everything else. */
  note(text: string): void;
}
