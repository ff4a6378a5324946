const command = 'npm run -s aliases -- sync';

/** A sync that was cut short: since when, in epoch seconds, and the page on which the workflow is run by hand. */
export interface StaleGate {
  readonly since: number;
  readonly syncPage: string;
}

/** The line on a sync that was cut short: what it means, and the one command that mends it. `since` in epoch seconds. */
export function staleGateText(since: number): string {
  return `${whatItMeans(since)} Run it again: ${command}`;
}

/** The same for an issue or a comment. */
export function staleGateMarkdown({ since, syncPage }: StaleGate): string {
  return `${whatItMeans(since)} [Run the workflow sync again](${syncPage}), or \`${command}\`.`;
}

function whatItMeans(since: number): string {
  const minute = new Date(since * 1000).toISOString().slice(0, 16).replace('T', ' ');
  return `A sync was cut short at ${minute} UTC: mail goes on as before it, and no change takes effect until a sync ends.`;
}
