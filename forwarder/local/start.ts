import { once } from 'node:events';
import { appendFileSync, existsSync, mkdirSync, watch } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import manifest from '../../package.json' with { type: 'json' };
import type { SingleProgram, Streams } from '../../schema/src/commandLine/command.ts';
import { exit } from '../../schema/src/commandLine/exit.ts';
import { failureText, Obstacle } from '../../schema/src/commandLine/failure.ts';
import { UsageError } from '../../schema/src/commandLine/options.ts';
import { runSingle } from '../../schema/src/commandLine/program.ts';
import { screenOf } from '../../schema/src/commandLine/screen.ts';
import { milliseconds, toSeconds } from '../../schema/src/text/time.ts';
import { brakeRow } from '../src/aws/bounceRate.ts';
import { documents } from '../src/aws/documents.ts';
import { brakeLine } from '../src/cli/brake.ts';
import { runAliases } from './aliasesCli.ts';
import { startHttpServer } from './servers/httpServer.ts';
import { answerPage } from './servers/outbox.ts';
import { type Running, startTogether } from './servers/running.ts';
import { packagedIn, startSystem } from './system.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const aliases = join(root, 'aliases');
const local = join(root, '.local');
const log = join(local, 'system.log');
/** Editors write a file in several steps. */
const settleMs = 300;

const program: SingleProgram<Streams, Record<never, never>> = {
  name: 'npm start --',
  version: manifest.version,
  command: {
    summary:
      'Run the whole system on this machine until it is interrupted, and sync aliases/ whenever a file is saved',
    note: `Variables:
  PORT_SMTP          where mail comes in (2525; 0 for a free port)
  PORT_HTTP          where the page is that shows what left (8025; 0 for a free port)
  OUTBOX             the folder for mail that leaves (.local/outbox)
  PACKAGED           the folder of the packaged forwarder (forwarder)
  ON_FUNCTION_ERROR  what SES does when a function fails: retry or continue (retry)`,
    words: [],
    options: {},
    example: '',
    run: (streams) => startTogether((running) => start(running, streams)),
  },
};

process.exit(
  await runSingle(program, process.argv.slice(2), screenOf(process), (error) => failureText(error, 'local')),
);

async function start(running: Running, { note }: Streams): Promise<number> {
  const { env } = process;
  const outbox = resolve(root, env.OUTBOX ?? join(local, 'outbox'));
  const packaged = env.PACKAGED ?? join(root, 'forwarder');
  const [smtpPort, httpPort] = [portIn('PORT_SMTP', 2525), portIn('PORT_HTTP', 8025)];
  if (!existsSync(packagedIn(packaged))) {
    throw new Obstacle(
      `There is no packaged forwarder in ${packaged}. Run \`npm start\`, which packages it first.`,
    );
  }
  mkdirSync(local, { recursive: true });
  const system = running.add(
    await orTaken(
      'PORT_SMTP',
      startSystem({
        root: packaged,
        outbox,
        smtpPort,
        onFunctionError: env.ON_FUNCTION_ERROR === 'continue' ? 'continue' : 'retry',
        log: (source, line) => appendFileSync(log, `${source} ${line}\n`),
      }),
    ),
  );
  const brake = brakeRow(documents(system.dynamodb), system.environment.DELIVERIES_TABLE ?? '');
  const state = async () => brakeLine(await brake.read(), toSeconds(milliseconds(Date.now())));
  const page = running.add(
    await orTaken(
      'PORT_HTTP',
      startHttpServer((request) => answerPage(system.outbox, request, state), httpPort),
    ),
  );
  note(`SMTP  127.0.0.1:${system.smtpPort}\npage  ${page.endpoint}/\nmail  ${outbox}\nlog   ${log}\n`);
  running.add(
    watchFolder(aliases, async () => {
      const { code, stdout, stderr } = await runAliases(system.environment, 'sync', '--dir', aliases);
      note(`\n${stderr}${stdout}\nsync of aliases/ ${code === 0 ? 'done' : `failed (${code})`}\n`);
    }),
  );
  await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
  await running.stop();
  return exit.fine;
}

function portIn(variable: string, otherwise: number): number {
  const text = process.env[variable];
  if (text === undefined || text === '') return otherwise;
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return Number(text);
  throw new UsageError(`${variable} must be a port, a number from 0 to 65535, not \`${text}\`.`);
}

/** `variable`: the one that chooses the port which this opens. */
async function orTaken<T>(variable: string, opening: Promise<T>): Promise<T> {
  try {
    return await opening;
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && 'port' in error)) throw error;
    if (error.code !== 'EADDRINUSE' && error.code !== 'EACCES') throw error;
    const why = error.code === 'EACCES' ? 'is not yours to open' : 'is taken by another program';
    throw new Obstacle(
      `Port ${error.port} ${why}. Choose another one with ${variable}, for instance ${variable}=0 for a free one.`,
      { cause: error },
    );
  }
}

/**
 * Runs an action at once and after every change in a folder: one run at a time, and what changes meanwhile is taken by
 * one run more.
 */
function watchFolder(folder: string, action: () => Promise<void>): { stop(): void } {
  let running = false;
  let again = false;
  const run = async (): Promise<void> => {
    again = running;
    if (running) return;
    running = true;
    do {
      again = false;
      await action();
    } while (again);
    running = false;
  };
  const watcher = watch(folder, () => {
    clearTimeout(timer);
    timer = setTimeout(() => void run(), settleMs);
  });
  let timer = setTimeout(() => void run(), 0);
  return {
    stop: () => {
      clearTimeout(timer);
      watcher.close();
    },
  };
}
