import manifest from '../../package.json' with { type: 'json' };
import { runAliases } from './terminal/commands.ts';

for (const stream of [process.stdout, process.stderr]) {
  // A reader that has seen enough (`| head`) is no failure, and nothing to end a sync for halfway.
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}

const colours = (stream: NodeJS.WriteStream): boolean => stream.isTTY === true && !process.env.NO_COLOR;

process.exitCode = await runAliases(process.argv.slice(2), manifest.version, {
  out: (text) => process.stdout.write(text),
  note: (text) => process.stderr.write(text),
  colours: { out: colours(process.stdout), note: colours(process.stderr) },
  folder: process.cwd(),
  environment: process.env,
  now: new Date(),
  // The SDK takes most of the start-up time, and most commands do without it.
  openTables: async (stage) => (await import('./tables/open.ts')).connect(stage),
});
