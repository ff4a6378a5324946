import { randomUUID } from 'node:crypto';
import type { Stage } from './review/stage.ts';
import { wallClock } from './tables/wallClock.ts';
import { run } from './terminal/run.ts';
import type { OpenTables } from './terminal/terminal.ts';

/** The SDK takes most of the start-up time, and most commands do without. */
async function openTables(stage: Stage): Promise<OpenTables> {
  const { DynamoDBClient } = await import('@aws-sdk/client-dynamodb');
  const { openTables: open } = await import('./tables/open.ts');
  const client = new DynamoDBClient({
    maxAttempts: 1,
    ...(stage.region === undefined ? {} : { region: stage.region }),
  });
  return { ...open(client, stage, wallClock), newToken: randomUUID, clock: wallClock };
}

process.exitCode = await run(process.argv.slice(2), {
  out: (text) => process.stdout.write(text),
  note: (text) => process.stderr.write(text),
  colours: process.stdout.isTTY === true && !process.env.NO_COLOR,
  folder: process.cwd(),
  environment: process.env,
  now: new Date(),
  openTables,
});
