import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One request to the API of the repository `example/mail`. */
export interface Call {
  readonly method: string;
  /** Below the repository, decoded: empty for the repository itself. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly authorization: string | undefined;
  /** Whatever JSON was sent; an empty object without. */
  readonly body: never;
}

export interface Answer {
  readonly status: number;
  readonly value: unknown;
}

/** An answer that says no. */
export class Refusal extends Error {
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** A list in pages of two, so that whoever reads only the first is found out: bare, or beside its length under a name. */
export class List {
  readonly items: readonly unknown[];
  readonly name: string | undefined;
  constructor(items: readonly unknown[], name?: string) {
    this.items = items;
    this.name = name;
  }
}

export interface RestServer {
  readonly url: string;
  stop(): void;
}

/** Serves what `answer` gives as GitHub's REST API does: JSON, lists in pages, refusals with a message. */
export async function startRest(
  answer: (call: Call) => Answer,
  repository = 'example/mail',
): Promise<RestServer> {
  const server = createServer((request, response) => {
    respond(answer, repository, request, response).catch((error: unknown) => {
      const status = error instanceof Refusal ? error.status : 500;
      send(response, status, { message: error instanceof Error ? error.message : String(error) });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

async function respond(
  answer: (call: Call) => Answer,
  repository: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = new URL(request.url ?? '/', `http://${request.headers.host}`);
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const { status, value } = answer({
    method: request.method ?? '',
    path: pathWithin(repository, decodeURIComponent(url.pathname)),
    query: url.searchParams,
    authorization: request.headers.authorization,
    body: (chunks.length === 0 ? {} : JSON.parse(Buffer.concat(chunks).toString())) as never,
  });
  if (value instanceof List) sendPage(response, url, value);
  else send(response, status, value);
}

function pathWithin(repository: string, path: string): string {
  const start = `/repos/${repository}`;
  return path.startsWith(start) ? path.slice(start.length) : path;
}

function sendPage(response: ServerResponse, url: URL, { items, name }: List): void {
  const page = Number(url.searchParams.get('page') ?? 1);
  const next = new URL(url);
  next.searchParams.set('page', String(page + 1));
  if (items.length > page * 2) response.setHeader('link', `<${next}>; rel="next"`);
  const shown = items.slice((page - 1) * 2, page * 2);
  send(response, 200, name === undefined ? shown : { total_count: items.length, [name]: shown });
}

function send(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(status === 204 ? undefined : JSON.stringify(value));
}
