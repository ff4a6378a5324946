import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

export interface Request {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  /** With lower-case names. */
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

export interface Response {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
}

export interface HttpServer {
  readonly endpoint: string;
  readonly port: number;
  stop(): Promise<void>;
}

/** Serves HTTP on 127.0.0.1, port 0 for a free one. What the handler throws is answered as 500. */
export async function startHttpServer(
  handle: (request: Request) => Promise<Response>,
  port = 0,
): Promise<HttpServer> {
  const server = createServer((incoming, outgoing) => {
    void answer(handle, incoming).then((response) => write(outgoing, response));
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return {
    endpoint: `http://127.0.0.1:${address.port}`,
    port: address.port,
    stop: async () => {
      const closed = once(server, 'close');
      server.close();
      // Idle keep-alive connections would hold it open.
      server.closeAllConnections();
      await closed;
    },
  };
}

async function answer(
  handle: (request: Request) => Promise<Response>,
  incoming: IncomingMessage,
): Promise<Response> {
  try {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const url = new URL(incoming.url ?? '/', 'http://127.0.0.1');
    return await handle({
      method: incoming.method ?? 'GET',
      path: url.pathname,
      query: url.searchParams,
      headers: incoming.headers,
      body: Buffer.concat(chunks),
    });
  } catch (error) {
    return { status: 500, body: String(error) };
  }
}

function write(outgoing: ServerResponse, response: Response): void {
  const body = Buffer.from(response.body);
  outgoing.writeHead(response.status, { ...response.headers, 'content-length': body.length });
  outgoing.end(body);
}
