import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startTables } from '../tablesFixture.ts';

/**
 * What a sync of 100,000 new aliases asks of DynamoDB, in 384 MB of heap, and what changes of 1, 100 and 10,000 aliases
 * among them do; and how many builds it takes until each is live, by the bundle that gets deployed. Asserts one write
 * request for each 99 changes (at most 1,100 for the first, whose aliases come a domain at a time), and one build.
 */
const domains = 200;
const aliasesEach = 500;
const mostWrites = 1_100;

const server = await startTables();
Object.assign(process.env, server.environment, { POWERTOOLS_LOG_LEVEL: 'CRITICAL' });
const folder = await mkdtemp(join(tmpdir(), 'sync-bench-'));
try {
  for (let domain = 0; domain < domains; domain += 1) await writeDomain(domain, 'm');
  const first = await sync();
  const { builds, seconds } = await buildUntilLive();
  print('100,000 new aliases', first, builds, seconds);
  let holds = first.applied === domains * aliasesEach + domains && first.requests.writes <= mostWrites;
  holds &&= builds === 1;
  for (const [count, domainsChanged, each] of [
    [1, 1, 1],
    [100, 1, 100],
    [10_000, 20, aliasesEach],
  ] as const) {
    for (let domain = 0; domain < domainsChanged; domain += 1) await writeDomain(domain, `c${count}`, each);
    const changed = await sync();
    const built = await buildUntilLive();
    print(`${count.toLocaleString('en')} changed`, changed, built.builds, built.seconds);
    const writes = Math.ceil(changed.applied / 99);
    holds &&= changed.applied >= count && changed.requests.writes <= writes && built.builds === 1;
  }
  process.exitCode = holds ? 0 : 1;
} finally {
  await rm(folder, { recursive: true });
  await server.stop();
}

/** How many builds it takes until the tables say that all is live, as a sync would wait for it. */
async function buildUntilLive(): Promise<{ readonly builds: number; readonly seconds: number }> {
  const begun = performance.now();
  const { handler } = await import(
    new URL('../../forwarder/dist/buildForwards/index.mjs', import.meta.url).href
  );
  for (let builds = 1; builds <= 3; builds += 1) {
    await handler({});
    const { liveAfterMs } = await sync('--wait-seconds', '1');
    if (liveAfterMs !== null) return { builds, seconds: (performance.now() - begun) / 1_000 };
  }
  throw new Error('It is not live after three builds.');
}

interface Measured {
  readonly applied: number;
  readonly liveAfterMs: number | null;
  readonly requests: { readonly reads: number; readonly writes: number };
  readonly seconds: number;
  readonly peakMb: number;
}

async function writeDomain(domain: number, mailbox: string, changed = aliasesEach): Promise<void> {
  const name = `d${domain}.example.com`;
  const lines = Array.from({ length: aliasesEach }, (_, alias) => {
    const local = alias < changed ? mailbox : 'm';
    return `  alias${alias}:\n    destinations: [${local}.${domain}.${alias}@mailbox.example]`;
  });
  await writeFile(join(folder, `${name}.yml`), `domain: ${name}\naliases:\n${lines.join('\n')}\n`);
}

/** Runs the command line as a child; its peak resident memory is its own word, written as it ends. */
async function sync(...more: readonly string[]): Promise<Measured> {
  const begun = performance.now();
  const wait = more.length === 0 ? ['--wait-seconds', '0'] : more;
  const words = [
    'sync',
    '--dir',
    folder,
    '--format',
    'json',
    '--commit',
    'bench',
    '--allow',
    'mass-redirect',
  ];
  const report =
    'data:text/javascript,process.on("exit",()=>process.stderr.write("\\npeak "+process.resourceUsage().maxRSS+"\\n"))';
  const child = spawn(process.execPath, ['--import', report, 'action/src/cli.ts', ...words, ...wait], {
    env: { PATH: process.env.PATH, NODE_OPTIONS: '--max-old-space-size=384', ...server.environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const read = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    read.stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    read.stderr += text;
  });
  const code = await new Promise((done) => child.on('close', done));
  if (code !== 0) throw new Error(`sync ended with ${code}: ${read.stderr.slice(-500)}`);
  const { applied, liveAfterMs, requests } = JSON.parse(read.stdout);
  const peak = Number(/^peak (\d+)$/m.exec(read.stderr)?.[1]);
  return { applied, liveAfterMs, requests, seconds: (performance.now() - begun) / 1000, peakMb: peak / 1024 };
}

function print(
  what: string,
  { applied, requests, seconds, peakMb }: Measured,
  builds: number,
  after: number,
): void {
  const asked = `${requests.reads} reads, ${requests.writes} writes`;
  const took = `${seconds.toFixed(1)} s, peak ${peakMb.toFixed(0)} MB`;
  process.stdout.write(
    `${what}: ${applied} rows, ${asked}, ${took}; live after ${builds} build, ${after.toFixed(1)} s\n`,
  );
}
