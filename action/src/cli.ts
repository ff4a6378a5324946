import { screenOf } from '../../schema/src/commandLine/screen.ts';
import { runAliases } from './terminal/commands.ts';

process.exitCode = await runAliases(process.argv.slice(2), {
  ...screenOf(process),
  folder: process.cwd(),
  environment: process.env,
  now: new Date(),
  // The SDK takes most of the start-up time, and most commands do without it.
  openTables: async (stage) => (await import('./tables/open.ts')).connect(stage),
});
