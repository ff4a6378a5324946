import { appendFileSync, mkdirSync, watch } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runAliases } from './aliasesCli.ts';
import { startHttpServer } from './httpServer.ts';
import { answerPage } from './page.ts';
import { startSystem } from './system.ts';

/** `npm start`: the whole system until it is interrupted; the files of `aliases/` are synced whenever one is saved. */
const root = fileURLToPath(new URL('../../..', import.meta.url));
const aliases = join(root, 'aliases');
const local = join(root, '.local');
const say = (line: string) => void process.stderr.write(`${line}\n`);

mkdirSync(local, { recursive: true });
const outbox = resolve(root, process.env.OUTBOX ?? join(local, 'outbox'));
const system = await startSystem({
  template: join(root, 'forwarder/.serverless/cloudformation-template-update-stack.json'),
  root: join(root, 'forwarder'),
  outbox,
  smtpPort: Number(process.env.PORT_SMTP ?? 2525),
  log: (source, line) => appendFileSync(join(local, 'system.log'), `${source} ${line}\n`),
});
const page = await startHttpServer(
  (request) => answerPage(system.outbox, request),
  Number(process.env.PORT_HTTP ?? 8025),
);
say(`SMTP  127.0.0.1:${system.smtpPort}`);
say(`page  ${page.endpoint}/`);
say(`mail  ${outbox}`);
say(`log   ${join(local, 'system.log')}`);

/** One sync at a time; what is saved meanwhile is taken by one more. */
const state = { running: false, again: false };
const sync = async (): Promise<void> => {
  state.again = state.running;
  if (state.running) return;
  state.running = true;
  const { code, stdout, stderr } = await runAliases(system.environment, 'sync', '--dir', aliases);
  say(`\nsync of aliases/ ${code === 0 ? 'done' : `failed (${code})`}\n${stderr}${stdout}`);
  state.running = false;
  if (state.again) await sync();
};
const timer = { saved: setTimeout(() => void sync(), 0) };
const watcher = watch(aliases, () => {
  clearTimeout(timer.saved);
  // Editors write a file in several steps.
  timer.saved = setTimeout(() => void sync(), 300);
});

const end = async () => {
  watcher.close();
  await page.stop();
  await system.stop();
  process.exit(0);
};
process.once('SIGINT', () => void end());
process.once('SIGTERM', () => void end());
