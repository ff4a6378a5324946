import { appendFileSync, mkdirSync, watch } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runAliases } from './aliasesCli.ts';
import { startHttpServer } from './servers/httpServer.ts';
import { answerPage } from './servers/outbox.ts';
import { startSystem } from './system.ts';

/**
 * `npm start`: the whole system until it is interrupted; the files of `aliases/` are synced whenever one is saved.
 * Variables: OUTBOX, PORT_SMTP, PORT_HTTP (0 for a free port), PACKAGED (where the packaged forwarder is, if it is not in
 * its folder), and ON_FUNCTION_ERROR (`retry`, `continue`), which says what SES does when a function fails.
 */
const root = fileURLToPath(new URL('../..', import.meta.url));
const aliases = join(root, 'aliases');
const local = join(root, '.local');
const log = join(local, 'system.log');
const outbox = resolve(root, process.env.OUTBOX ?? join(local, 'outbox'));
/** Editors write a file in several steps. */
const settleMs = 300;
const say = (line: string) => void process.stderr.write(`${line}\n`);

mkdirSync(local, { recursive: true });
const system = await startSystem({
  root: process.env.PACKAGED ?? join(root, 'forwarder'),
  outbox,
  smtpPort: Number(process.env.PORT_SMTP ?? 2525),
  onFunctionError: process.env.ON_FUNCTION_ERROR === 'continue' ? 'continue' : 'retry',
  log: (source, line) => appendFileSync(log, `${source} ${line}\n`),
});
const page = await startHttpServer(
  (request) => answerPage(system.outbox, request),
  Number(process.env.PORT_HTTP ?? 8025),
);
say(`SMTP  127.0.0.1:${system.smtpPort}`);
say(`page  ${page.endpoint}/`);
say(`mail  ${outbox}`);
say(`log   ${log}`);

const unwatch = watchFolder(aliases, async () => {
  const { code, stdout, stderr } = await runAliases(system.environment, 'sync', '--dir', aliases);
  say(`\n${stderr}${stdout}\nsync of aliases/ ${code === 0 ? 'done' : `failed (${code})`}`);
});

const end = async () => {
  unwatch();
  await page.stop();
  await system.stop();
  process.exit(0);
};
process.once('SIGINT', () => void end());
process.once('SIGTERM', () => void end());

/**
 * Runs an action at once and after every change in a folder: one run at a time, and what changes meanwhile is taken by
 * one run more. Returns a function that ends it.
 */
function watchFolder(folder: string, action: () => Promise<void>): () => void {
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
  let timer = setTimeout(() => void run(), 0);
  const watcher = watch(folder, () => {
    clearTimeout(timer);
    timer = setTimeout(() => void run(), settleMs);
  });
  return () => {
    clearTimeout(timer);
    watcher.close();
  };
}
