import type { Request, Response } from '../httpServer.ts';
import type { Lambda } from './lambda.ts';

/** Lambda's Invoke over HTTP: https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html. */
export async function answerLambda(lambda: Lambda, request: Request): Promise<Response> {
  const match = /^\/2015-03-31\/functions\/([^/]+)\/invocations$/.exec(request.path);
  const name = decodeURIComponent(match?.[1] ?? '');
  if (request.method !== 'POST' || !lambda.has(name))
    return refuse(404, 'ResourceNotFoundException', `Function not found: ${name}`);
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
