import { randomUUID } from 'node:crypto';
import type { Request, Response } from '../servers/httpServer.ts';
import { nameInArn } from '../template/resourceNames.ts';
import type { Lambda } from './lambda.ts';

/**
 * Lambda over HTTP, as much of it as the product calls: Invoke, GetPolicy and ListEventSourceMappings. `policyOf` says
 * what a function's resource policy is, if it has one. https://docs.aws.amazon.com/lambda/latest/api/API_Operations.html
 */
export async function answerLambda(
  lambda: Lambda,
  policyOf: (name: string) => string | undefined,
  eventSources: EventSources,
  request: Request,
): Promise<Response> {
  if (/^\/2015-03-31\/event-source-mappings\/?$/.test(request.path)) {
    const EventSourceMappings = eventSources.ofStream(request.query.get('EventSourceArn') ?? '');
    return json({ EventSourceMappings });
  }
  const [, path = '', operation] =
    /^\/2015-03-31\/functions\/([^/]+)\/(invocations|policy)$/.exec(request.path) ?? [];
  const name = decodeURIComponent(path);
  if (!lambda.has(name)) return refuse(404, 'ResourceNotFoundException', `Function not found: ${name}`);
  if (operation === 'invocations') return invoke(lambda, name, request);
  const Policy = policyOf(name);
  if (Policy === undefined)
    return refuse(404, 'ResourceNotFoundException', 'The resource you requested does not exist.');
  return json({ Policy });
}

function json(body: unknown): Response {
  return { status: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}

async function invoke(lambda: Lambda, name: string, request: Request): Promise<Response> {
  const event = parse(request.body);
  if (event === undefined)
    return refuse(400, 'InvalidRequestContentException', 'Could not parse request body');
  if (request.headers['x-amz-invocation-type'] === 'Event') {
    lambda.send(name, event);
    return { status: 202, body: '' };
  }
  const outcome = await lambda.invoke(name, event);
  return 'answer' in outcome
    ? { status: 200, body: outcome.answer }
    : {
        status: 200,
        headers: { 'x-amz-function-error': 'Unhandled' },
        body: JSON.stringify(outcome.failure),
      };
}

function parse(body: Buffer): unknown {
  try {
    return body.length === 0 ? {} : JSON.parse(body.toString());
  } catch {
    return undefined;
  }
}

function refuse(status: number, type: string, message: string): Response {
  return {
    status,
    headers: { 'x-amzn-errortype': type, 'content-type': 'application/json' },
    body: JSON.stringify({ Type: 'User', Message: message }),
  };
}

interface EventSource {
  readonly table: string;
  /** Of a function of the stack, or of another deployment. */
  readonly functionArn: string;
  readonly enabled: boolean;
}

/** What the account says of the event sources of its functions; those of other deployments are only told of. */
export interface EventSources {
  /** Adds one; returns a function that turns it off. */
  add(table: string, functionArn: string): () => void;
  /** As ListEventSourceMappings lists them: https://docs.aws.amazon.com/lambda/latest/api/API_EventSourceMappingConfiguration.html. */
  ofStream(streamArn: string): readonly Readonly<Record<string, string>>[];
}

export function eventSources(): EventSources {
  const all = new Map<string, EventSource>();
  return {
    add: (table, functionArn) => {
      const id = randomUUID();
      all.set(id, { table, functionArn, enabled: true });
      return () => void all.set(id, { table, functionArn, enabled: false });
    },
    ofStream: (streamArn) =>
      [...all]
        .filter(([, { table }]) => table === nameInArn(streamArn))
        .map(([UUID, { functionArn, enabled }]) => ({
          UUID,
          EventSourceArn: streamArn,
          FunctionArn: functionArn,
          State: enabled ? 'Enabled' : 'Disabled',
        })),
  };
}
