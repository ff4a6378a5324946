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

/** Takes SendEmail (v2) and SendBounce (v1) over HTTP and remembers them; nobody is on its suppression list. */
export async function startSesStub(): Promise<SesStub> {
  const sent: SentMail[] = [];
  const bounces: URLSearchParams[] = [];
  const failures: string[] = [];
  const answer = (
    url: string,
    body: Buffer,
  ): { status: number; type: string; error?: string; text: string } => {
    if (!url.startsWith('/v2/')) {
      const action = new URLSearchParams(body.toString()).get('Action') ?? '';
      if (action === 'SendBounce') bounces.push(new URLSearchParams(body.toString()));
      const xmlns = 'http://ses.amazonaws.com/doc/2010-12-01/';
      return {
        status: 200,
        type: 'text/xml',
        text: `<${action}Response xmlns="${xmlns}"><${action}Result/></${action}Response>`,
      };
    }
    const type = 'application/json';
    if (/\/suppression\/addresses(\?|$)/.test(url)) {
      return { status: 200, type, text: JSON.stringify({ SuppressedDestinationSummaries: [] }) };
    }
    if (url.includes('/suppression/')) return { status: 404, type, error: 'NotFoundException', text: '{}' };
    const error = failures.shift();
    if (error !== undefined) return { status: 400, type, error, text: JSON.stringify({ message: error }) };
    const input = JSON.parse(body.toString());
    const id = `ses-${randomUUID()}`;
    const raw = Buffer.from(input.Content.Raw.Data, 'base64');
    sent.push({ from: input.FromEmailAddress, to: input.Destination.ToAddresses, raw, id });
    return { status: 200, type, text: JSON.stringify({ MessageId: id }) };
  };
  const server = createServer((request, response) => {
    bodyOf(request).then(
      (body) => {
        const { status, type, error, text } = answer(request.url ?? '', body);
        response.writeHead(status, { 'content-type': type, ...(error && { 'x-amzn-errortype': error }) });
        response.end(text);
      },
      () => response.destroy(),
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
