import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import manifest from '../../../package.json' with { type: 'json' };
import type { SingleProgram, Streams } from '../../../schema/src/commandLine/command.ts';
import { exit } from '../../../schema/src/commandLine/exit.ts';
import { failureText, Obstacle } from '../../../schema/src/commandLine/failure.ts';
import { runSingle } from '../../../schema/src/commandLine/program.ts';
import { screenOf } from '../../../schema/src/commandLine/screen.ts';
import { packagedIn, startSystem } from '../system.ts';
import { checkFiles, planFiles, syncAgain, syncFiles } from './fileSteps.ts';
import {
  bounceHard,
  mailForged,
  mailGroup,
  mailInactive,
  mailSpam,
  mailUnknown,
  retryLater,
} from './mailSteps.ts';
import { narrate, openScene } from './scene.ts';

const steps = [
  checkFiles,
  planFiles,
  syncFiles,
  mailGroup,
  mailInactive,
  mailUnknown,
  mailSpam,
  mailForged,
  bounceHard,
  retryLater,
  syncAgain,
];

const program: SingleProgram<Streams, Record<never, never>> = {
  name: 'npm run demo --',
  version: manifest.version,
  command: {
    summary: 'Run the whole system once, unattended, and show that every step is as it should be',
    note: `Variables:
  PACKAGED  the folder of the packaged forwarder (forwarder)`,
    words: [],
    options: {},
    example: '',
    run: demo,
  },
};

process.exit(
  await runSingle(program, process.argv.slice(2), screenOf(process), (error) => failureText(error, 'local')),
);

async function demo({ out }: Streams): Promise<number> {
  const forwarder = process.env.PACKAGED ?? fileURLToPath(new URL('../..', import.meta.url));
  if (!existsSync(packagedIn(forwarder))) {
    throw new Obstacle(
      `There is no packaged forwarder in ${forwarder}. Run \`npm run demo\`, which packages it first.`,
    );
  }
  const folder = await mkdtemp(join(tmpdir(), 'aliasops-demo-'));
  try {
    return await demoIn(folder, forwarder, out);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function demoIn(folder: string, forwarder: string, out: Streams['out']): Promise<number> {
  const narrator = narrate(out, Date.now);
  const aliases = join(folder, 'aliases');
  const log = join(folder, 'system.log');
  await cp(fileURLToPath(new URL('./aliases', import.meta.url)), aliases, { recursive: true });
  const system = await startSystem({
    root: forwarder,
    outbox: join(folder, 'outbox'),
    smtpPort: 0,
    log: (source, line) => appendFileSync(log, `${source} ${line}\n`),
  });
  try {
    const scene = openScene(system, narrator, aliases);
    for (const step of steps) await step(scene);
  } catch (error) {
    narrator.check(false, String(error));
  } finally {
    await system.stop();
  }
  if (narrator.failures() > 0) narrator.say(`\nThe end of the log:\n${endOf(log)}`);
  narrator.end();
  return narrator.failures() === 0 ? exit.fine : exit.notRight;
}

function endOf(file: string): string {
  return readFileSync(file, { encoding: 'utf8', flag: 'a+' }).split('\n').slice(-30).join('\n');
}
