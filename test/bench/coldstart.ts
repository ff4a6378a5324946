import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, stat, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { build } from 'esbuild';
import { bundleOptions, functionNames } from '../../forwarder/bundle.ts';
import { runAliases } from '../../forwarder/local/aliasesCli.ts';
import { type LocalSystem, startSystem } from '../../forwarder/local/system.ts';

// A cold start of each bundle: from the start of a process to the first answer of its handler, against the servers of
// the local system. The peer is bundled with the same options, what stands in for the SDK's credentials included, and
// forwards the same mail through the same endpoints. Asserts that ours is no larger and no slower for `process`.

const root = join(import.meta.dirname, '../..');
const forwarder = join(root, 'forwarder');
/** One more comes first, for the file cache, and is not counted. */
const runs = 11;

const folder = await mkdtemp(join(tmpdir(), 'aliasops-coldstart-'));
const system = await startSystem({
  root: forwarder,
  outbox: join(folder, 'outbox'),
  smtpPort: 0,
  log: () => {},
});
try {
  process.exitCode = (await measure()) ? 0 : 1;
} finally {
  await system.stop();
  await rm(folder, { recursive: true, force: true });
}

async function measure(): Promise<boolean> {
  await runAliases(system.environment, 'sync', '--dir', join(forwarder, 'local/demo/aliases'));
  await system.idle();
  const peer = await bundlePeer();
  const names = [...functionNames];
  const subjects = [
    ...names.map((name) => ({ name, file: join(forwarder, 'dist', name, 'index.mjs') })),
    { name: 'aws-lambda-ses-forwarder', file: peer },
  ];
  const times = new Map<string, number[]>(subjects.map(({ name }) => [name, []]));
  // In turns, so that what else the machine does meets all of them.
  for (let run = 0; run <= runs; run += 1) {
    for (const { name, file } of run % 2 === 0 ? subjects : subjects.toReversed()) {
      const time = await coldStart(system, name, file, run);
      if (run > 0) times.get(name)?.push(time);
    }
  }
  const sizes = new Map<string, number>();
  for (const { name, file } of subjects) sizes.set(name, (await stat(file)).size);
  process.stdout.write(`bundle                      bytes   first answer, median of ${runs} (ms)\n`);
  for (const { name } of subjects) {
    const cells = [name.padEnd(26), String(sizes.get(name)).padStart(9), median(times.get(name)).toFixed(0)];
    process.stdout.write(`${cells.join('  ')}\n`);
  }
  const smaller = (sizes.get('process') ?? 0) <= (sizes.get('aws-lambda-ses-forwarder') ?? 0);
  const faster = median(times.get('process')) <= median(times.get('aws-lambda-ses-forwarder'));
  process.stdout.write(`process is no larger: ${smaller}; no slower: ${faster}\n`);
  return smaller && faster;
}

function median(values: readonly number[] = []): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/**
 * The peer with its settings handed in, as a handler of the shape of ours. Its copy of the object onto itself, which the
 * local S3 refuses, is a look at the object instead.
 */
async function bundlePeer(): Promise<string> {
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'));
  const file = join(folder, 'peer.mjs');
  await build({
    ...bundleOptions,
    stdin: {
      resolveDir: folder,
      contents: `
        import { CopyObjectCommand, HeadObjectCommand, S3Client } from '@aws-sdk/client-s3';
        import peer from 'aws-lambda-ses-forwarder';
        const config = JSON.parse(process.env.PEER_CONFIG);
        const client = new S3Client({});
        const s3 = {
          send: (command, done) => client.send(
            command instanceof CopyObjectCommand
              ? new HeadObjectCommand({ Bucket: command.input.Bucket, Key: command.input.Key })
              : command,
            done,
          ),
        };
        const log = ({ level, message, error }) => {
          if (level === 'error') process.stderr.write(message + ' ' + error + '\\n');
        };
        export const handler = (event) => new Promise((done, fail) => {
          peer.handler(event, {}, (error) => error ? fail(error) : done(), { config, log, s3 });
        });`,
    },
    outfile: file,
  });
  return file;
}

/** Milliseconds; throws when the handler does. */
async function coldStart(at: LocalSystem, name: string, file: string, run: number): Promise<number> {
  const messageId = `coldstart-${name}-${run}`;
  const raw = await readFile(join(import.meta.dirname, 'coldstart.eml'));
  const Bucket = at.environment.MESSAGE_BUCKET ?? '';
  await at.s3.send(new PutObjectCommand({ Bucket, Key: messageId, Body: raw }));
  const config = {
    fromEmail: 'forwarder-daemon@example.com',
    subjectPrefix: '',
    emailBucket: Bucket,
    emailKeyPrefix: '',
    forwardMapping: { 'li.wei@example.com': ['li.wei@mailbox.example'] },
  };
  const start = performance.now();
  await promisify(execFile)(process.execPath, [join(import.meta.dirname, 'coldstart.probe.ts'), file], {
    env: {
      PATH: process.env.PATH,
      ...at.environment,
      BOUNCE_SENDER: 'mailer-daemon@example.com',
      BUILD_FORWARDS_FUNCTION: 'aliasops-production-buildForwards',
      PEER_CONFIG: JSON.stringify(config),
      EVENT: JSON.stringify(eventFor(name, messageId)),
    },
  });
  return performance.now() - start;
}

function eventFor(name: string, messageId: string): unknown {
  const time = new Date().toISOString();
  if (name === 'buildForwards' || name === 'retryDeliveries') return { time };
  if (!['spam', 'process', 'aws-lambda-ses-forwarder'].includes(name)) return { Records: [] };
  const pass = { status: 'PASS' };
  return {
    Records: [
      {
        eventSource: 'aws:ses',
        eventVersion: '1.0',
        ses: {
          mail: {
            timestamp: time,
            source: 'ann@sender.example',
            messageId,
            destination: ['li.wei@example.com'],
            headersTruncated: false,
            headers: [{ name: 'From', value: 'ann@sender.example' }],
            commonHeaders: { returnPath: 'ann@sender.example', from: ['ann@sender.example'] },
          },
          receipt: {
            timestamp: time,
            processingTimeMillis: 1,
            recipients: ['li.wei@example.com'],
            spamVerdict: pass,
            virusVerdict: pass,
            spfVerdict: pass,
            dkimVerdict: pass,
            dmarcVerdict: pass,
            action: { type: 'Lambda', functionArn: 'arn', invocationType: 'RequestResponse' },
          },
        },
      },
    ],
  };
}
