import { appendFileSync, readFileSync } from 'node:fs';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startSystem } from '../system.ts';
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

/**
 * `npm run demo`: the whole system once, unattended. Exits 0 only if every step was as it should be. PACKAGED: where
 * the packaged forwarder is, if it is not in its folder.
 */
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

const narrator = narrate((text) => void process.stdout.write(text), Date.now);
const forwarder = process.env.PACKAGED ?? fileURLToPath(new URL('../..', import.meta.url));
const folder = await mkdtemp(join(tmpdir(), 'aliasops-demo-'));
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
if (narrator.failures() > 0) narrator.say(`\nThe end of the log:\n${end(log)}`);
narrator.end();
await rm(folder, { recursive: true, force: true });
process.exit(narrator.failures() === 0 ? 0 : 1);

function end(file: string): string {
  return readFileSync(file, { encoding: 'utf8', flag: 'a+' }).split('\n').slice(-30).join('\n');
}
