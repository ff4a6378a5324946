import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface SentMail {
  readonly from: string;
  readonly to: readonly string[];
  readonly raw: Buffer;
  readonly id: string;
}

export interface SesStub {
  readonly endpoint: string;
  readonly sent: SentMail[];
  /** The parameters of each SendBounce. */
  readonly bounces: URLSearchParams[];
  /** Names of the errors that the next sends end with. */
  readonly failures: string[];
  stop(): Promise<void>;
}

/** Takes SendEmail (v2) and SendBounce (v1) over HTTP and remembers them. */
export async function startSesStub(): Promise<SesStub> {
  const sent: SentMail[] = [];
  const bounces: URLSearchParams[] = [];
  const failures: string[] = [];
  const server = createServer(async (request, response) => {
    const body = await bodyOf(request);
    if (request.url?.startsWith('/v2/') === true) {
      const failure = failures.shift();
      if (failure !== undefined) {
        response.writeHead(400, { 'x-amzn-errortype': failure, 'content-type': 'application/json' });
        response.end(JSON.stringify({ message: failure }));
        return;
      }
      const input = JSON.parse(body.toString());
      const id = `ses-${randomUUID()}`;
      const raw = Buffer.from(input.Content.Raw.Data, 'base64');
      sent.push({ from: input.FromEmailAddress, to: input.Destination.ToAddresses, raw, id });
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ MessageId: id }));
      return;
    }
    bounces.push(new URLSearchParams(body.toString()));
    response.writeHead(200, { 'content-type': 'text/xml' });
    response.end(
      '<SendBounceResponse xmlns="http://ses.amazonaws.com/doc/2010-12-01/"><SendBounceResult><MessageId>b</MessageId></SendBounceResult></SendBounceResponse>',
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${port}`,
    sent,
    bounces,
    failures,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
