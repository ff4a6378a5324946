/** What was asked for makes no sense; nothing was done. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
