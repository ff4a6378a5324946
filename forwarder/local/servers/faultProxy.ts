import { type Request, type Response, startHttpServer } from './httpServer.ts';

/** `before`: the server never hears of the call. `after`: it does its work, and the answer is lost. */
type ProxyFault = 'before' | 'after';

/**
 * Says what happens to a call, named by DynamoDB's operation (`PutItem`) or S3's method (`GET`), with its body. The call
 * waits for the decision, so that one may also make it slow.
 */
type Decision = (operation: string, body: Buffer) => Awaitable<ProxyFault | undefined>;
type Awaitable<T> = T | Promise<T>;

export interface FaultProxy {
  readonly endpoint: string;
  /** Asked before every call from now on. */
  decide(decision: Decision): void;
  /** How many faults have happened. */
  count(): number;
  stop(): Promise<void>;
}

/** Stands before a server of the local system and makes calls fail, as a network or an overloaded service does. */
export async function startFaultProxy(target: string): Promise<FaultProxy> {
  let decide: Decision = () => undefined;
  let count = 0;
  const server = await startHttpServer(async (request) => {
    const fault = await decide(operationOf(request), request.body);
    if (fault) count += 1;
    if (fault === 'before') return unavailable;
    const answer = await pass(target, request);
    return fault === 'after' ? unavailable : answer;
  });
  return {
    endpoint: server.endpoint,
    decide: (decision) => {
      decide = decision;
    },
    count: () => count,
    stop: () => server.stop(),
  };
}

const unavailable: Response = {
  status: 503,
  headers: { 'x-amzn-errortype': 'ServiceUnavailable' },
  body: '',
};

function operationOf(request: Request): string {
  const target = request.headers['x-amz-target'];
  return typeof target === 'string' ? (target.split('.').at(-1) ?? '') : request.method;
}

async function pass(target: string, request: Request): Promise<Response> {
  const { host: _host, connection: _connection, 'content-length': _length, ...headers } = request.headers;
  const query = request.query.size > 0 ? `?${request.query.toString()}` : '';
  const hasBody = request.body.length > 0;
  const answer = await fetch(`${target}${request.path}${query}`, {
    method: request.method,
    headers: Object.entries(headers).map(([name, value]): [string, string] => [name, String(value)]),
    ...(hasBody ? { body: new Uint8Array(request.body) } : {}),
  });
  const kept = [...answer.headers].filter(([name]) => !['connection', 'transfer-encoding'].includes(name));
  return {
    status: answer.status,
    headers: Object.fromEntries(kept),
    body: Buffer.from(await answer.arrayBuffer()),
  };
}
