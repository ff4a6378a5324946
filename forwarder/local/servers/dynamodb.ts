import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Obstacle } from '../../../schema/src/commandLine/failure.ts';

interface DynamoDbServer {
  readonly endpoint: string;
  stop(): Promise<void>;
}

/**
 * Starts an empty DynamoDB server (dynoxide) on a free port of 127.0.0.1. Where the package has no binary for the
 * platform, `dynoxide` is taken from PATH. The variable `DYNAMODB_LOCAL` names a folder with Amazon's own
 * `DynamoDBLocal.jar`, which is started with Java instead.
 */
export async function startDynamoDb(): Promise<DynamoDbServer> {
  for (let attempt = 1; ; attempt += 1) {
    const port = await freePort();
    const [program, ...words] = commandFor(port, process.env.DYNAMODB_LOCAL);
    const child = spawn(program, words, { stdio: ['ignore', 'pipe', 'pipe'] });
    const failure = await listening(child, port);
    if (failure === undefined) return { endpoint: `http://127.0.0.1:${port}`, stop: () => stop(child) };
    // Somebody may have taken the port in between.
    if (attempt === 5) {
      throw new Obstacle(
        `The DynamoDB server does not start (${failure}). Install dynoxide, and put it on PATH.`,
      );
    }
  }
}

/** A program and its arguments. */
function commandFor(port: number, jarFolder = ''): readonly [string, ...string[]] {
  if (jarFolder === '') return [binary(), '--port', String(port)];
  const libraries = `-Djava.library.path=${join(jarFolder, 'DynamoDBLocal_lib')}`;
  // One database for all keys and regions, as dynoxide has.
  const modes = ['-inMemory', '-sharedDb', '-disableTelemetry'];
  return ['java', libraries, '-jar', join(jarFolder, 'DynamoDBLocal.jar'), ...modes, '-port', String(port)];
}

function binary(): string {
  const packaged = fileURLToPath(
    new URL('../../../node_modules/@dynoxide/linux-x64/dynoxide', import.meta.url),
  );
  return process.platform === 'linux' && process.arch === 'x64' && existsSync(packaged)
    ? packaged
    : 'dynoxide';
}

/** Resolves to undefined once the server takes connections, to what it said when it ended instead. */
async function listening(child: ChildProcess, port: number): Promise<string | undefined> {
  const words: string[] = [];
  const ends = new AbortController();
  const end = (reason: string) => {
    words.push(reason);
    ends.abort();
  };
  const hear = (chunk: Buffer) => void words.push(chunk.toString());
  child.stdout?.on('data', hear);
  child.stderr?.on('data', hear);
  child.once('error', (error) => end(error.message));
  child.once('exit', () => end(''));
  // The server must not outlive whoever started it, however that ends.
  const kill = () => child.kill();
  process.once('exit', kill);
  child.once('exit', () => process.off('exit', kill));
  while (!ends.signal.aborted) {
    // Only a server that says so has the port; what takes connections there may be another's.
    if (/listening on|Initializing/.test(words.join('')) && (await answers(port))) return undefined;
    await setTimeout(10);
  }
  return words.join('').trim();
}

/** Whether something takes connections at a port of 127.0.0.1. */
async function answers(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
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
