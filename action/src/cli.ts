import { run } from './terminal/commands.ts';

process.exitCode = await run(process.argv.slice(2), {
  out: (text) => process.stdout.write(text),
  note: (text) => process.stderr.write(text),
  colours: process.stdout.isTTY === true && !process.env.NO_COLOR,
  folder: process.cwd(),
  environment: process.env,
  now: new Date(),
  // The SDK takes most of the start-up time, and most commands do without it.
  openTables: async (stage) => (await import('./tables/open.ts')).connect(stage),
});
