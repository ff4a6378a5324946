import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startTables } from '../tablesFixture.ts';

/**
 * What a sync of 100,000 new aliases asks of DynamoDB, in 384 MB of heap, and what one changed alias among them does.
 * Asserts at most 1,100 write requests for the first, and one for the second, the two of `#sync` aside.
 */
const domains = 200;
const aliasesEach = 500;
const mostWrites = 1_100;

const server = await startTables();
const folder = await mkdtemp(join(tmpdir(), 'sync-bench-'));
try {
  for (let domain = 0; domain < domains; domain += 1) await writeDomain(domain, 'm');
  const first = await sync();
  print('100,000 new aliases', first);
  await writeDomain(7, 'changed', 1);
  const second = await sync();
  print('one changed alias', second);
  const holds =
    first.applied === domains * aliasesEach + domains &&
    first.requests.writes <= mostWrites &&
    second.applied === 1 &&
    second.requests.writes === 1 + 2;
  process.exitCode = holds ? 0 : 1;
} finally {
  await rm(folder, { recursive: true });
  await server.stop();
}

interface Measured {
  readonly applied: number;
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
async function sync(): Promise<Measured> {
  const begun = performance.now();
  const words = ['sync', '--dir', folder, '--wait-seconds', '0', '--format', 'json', '--commit', 'bench'];
  const report =
    'data:text/javascript,process.on("exit",()=>process.stderr.write("\\npeak "+process.resourceUsage().maxRSS+"\\n"))';
  const child = spawn(process.execPath, ['--import', report, 'action/src/cli.ts', ...words], {
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
  const { applied, requests } = JSON.parse(read.stdout);
  const peak = Number(/^peak (\d+)$/m.exec(read.stderr)?.[1]);
  return { applied, requests, seconds: (performance.now() - begun) / 1000, peakMb: peak / 1024 };
}

function print(what: string, { applied, requests, seconds, peakMb }: Measured): void {
  process.stdout.write(
    `${what}: ${applied} rows, ${requests.reads} reads, ${requests.writes} writes, ${seconds.toFixed(1)} s, peak ${peakMb.toFixed(0)} MB\n`,
  );
}
