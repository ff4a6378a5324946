import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Front {
  readonly url: string;
  stop(): void;
}

/** One address before several servers, as @actions/github reads its address once: the token says which is meant. */
export async function startFront(urlOfToken: ReadonlyMap<string, string>): Promise<Front> {
  const server = createServer((asked, answer) => {
    const token = asked.headers.authorization?.split(' ')[1] ?? '';
    const { method, headers } = asked;
    const onward = request(`${urlOfToken.get(token)}${asked.url}`, { method, headers }, (answered) => {
      answer.writeHead(answered.statusCode ?? 502, answered.headers);
      answered.pipe(answer);
    });
    onward.on('error', (error) => answer.destroy(error));
    asked.pipe(onward);
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
