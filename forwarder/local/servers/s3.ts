import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import S3rver from 's3rver';

export interface S3Server {
  readonly endpoint: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  stop(): Promise<void>;
}

const noPolicy =
  '<Error><Code>NoSuchBucketPolicy</Code><Message>The bucket policy does not exist</Message></Error>';

/**
 * Starts an empty S3 server (s3rver) on a free port of 127.0.0.1. It keeps its objects in a temporary folder that goes
 * with it. An IP address as the host makes the SDK use path-style addresses, so that no name has to resolve. `policyOf`
 * says what a bucket's policy is, if it has one, and `ownerOf` whose it is, where it is another account's: s3rver knows
 * neither.
 */
export async function startS3(
  policyOf: (bucket: string) => string | undefined = () => undefined,
  ownerOf: (bucket: string) => string | undefined = () => undefined,
): Promise<S3Server> {
  const directory = await mkdtemp(join(tmpdir(), 'aliasops-s3-'));
  const server = new S3rver({
    address: '127.0.0.1',
    port: 0,
    silent: true,
    directory,
    vhostBuckets: false,
  });
  // Before all of its own.
  server.middleware.unshift(async (context, next) => {
    const bucket = context.path.split('/')[1] ?? '';
    const expected = context.get('x-amz-expected-bucket-owner');
    const owner = ownerOf(bucket);
    if (expected !== '' && owner !== undefined && owner !== expected) {
      context.status = 403;
      return;
    }
    if (context.method !== 'GET' || context.query.policy === undefined) return next();
    const policy = policyOf(bucket);
    context.status = policy === undefined ? 404 : 200;
    context.type = policy === undefined ? 'xml' : 'json';
    context.body = policy ?? noPolicy;
  });
  const { port } = await server.run();
  return {
    endpoint: `http://127.0.0.1:${port}`,
    // s3rver knows this one key pair.
    credentials: { accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER' },
    async stop() {
      const closed = server.close();
      // Idle keep-alive connections of the SDK would hold the server open.
      server.httpServer.closeAllConnections();
      await closed;
      await rm(directory, { recursive: true, force: true });
    },
  };
}
