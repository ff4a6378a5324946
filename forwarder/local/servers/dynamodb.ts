import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { Obstacle } from '../../../schema/src/commandLine/failure.ts';

interface DynamoDbServer {
  readonly endpoint: string;
  stop(): Promise<void>;
}

/**
 * Starts an empty DynamoDB server (dynoxide) on a free port of 127.0.0.1; with `dbPath` it keeps its tables in that
 * file. Where the package has no binary for the platform, `dynoxide` is taken from PATH.
 */
export async function startDynamoDb(options: { readonly dbPath?: string } = {}): Promise<DynamoDbServer> {
  for (let attempt = 1; ; attempt += 1) {
    const port = await freePort();
    const child = spawn(
      binary(),
      ['--port', String(port), ...(options.dbPath ? ['--db-path', options.dbPath] : [])],
      {
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    const failure = await listening(child);
    if (failure === undefined) return { endpoint: `http://127.0.0.1:${port}`, stop: () => stop(child) };
    // Somebody may have taken the port in between.
    if (attempt === 5) {
      throw new Obstacle(
        `The DynamoDB server does not start (${failure}). Install dynoxide, and put it on PATH.`,
      );
    }
  }
}

function binary(): string {
  const packaged = fileURLToPath(
    new URL('../../../node_modules/@dynoxide/linux-x64/dynoxide', import.meta.url),
  );
  return process.platform === 'linux' && process.arch === 'x64' && existsSync(packaged)
    ? packaged
    : 'dynoxide';
}

/** Resolves to undefined once the server listens, to what it said when it ended instead. */
function listening(child: ChildProcess): Promise<string | undefined> {
  return new Promise((resolve) => {
    let said = '';
    const hear = (chunk: Buffer) => {
      said += chunk.toString();
      if (said.includes('listening on')) resolve(undefined);
    };
    child.stdout?.on('data', hear);
    child.stderr?.on('data', hear);
    child.once('error', (error) => resolve(error.message));
    child.once('exit', () => resolve(said.trim()));
    // The server must not outlive whoever started it, however that ends.
    const kill = () => child.kill();
    process.once('exit', kill);
    child.once('exit', () => process.off('exit', kill));
  });
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill();
  await ended;
}

/** A TCP port of 127.0.0.1 that was free a moment ago, for servers that cannot choose one themselves. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('the system gave no port');
  return address.port;
}
