/** Where a command says things. Results go to `out` alone, so that they can be piped; all else to `note`. */
export interface Terminal {
  out(text: string | Uint8Array): void;
  note(text: string): void;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Epoch milliseconds. */
  readonly now: number;
}

/** What somebody typed makes no sense; the command ends with exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
