import { screenOf } from '../../schema/src/commandLine/screen.ts';
import { run } from './cli/run.ts';

process.exitCode = await run(process.argv.slice(2), {
  ...screenOf(process),
  environment: process.env,
  now: Date.now(),
});
