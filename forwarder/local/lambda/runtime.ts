import { pathToFileURL } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';
import type { Assignment, Invocation, Outcome } from './protocol.ts';

/**
 * The inside of a function's environment: runs in a worker with an environment of its own, loads the bundle once and
 * answers one invocation at a time, as Lambda's Node runtime does.
 */
const assignment = workerData as Assignment;

type Handler = (event: unknown, context: object) => Promise<unknown>;

const module = (await import(pathToFileURL(assignment.file).href)) as Readonly<Record<string, Handler>>;
const handler = module[assignment.exported];

parentPort?.on('message', (invocation: Invocation) => {
  void run(invocation).then((outcome) => parentPort?.postMessage(outcome));
});
parentPort?.postMessage('ready');

async function run(invocation: Invocation): Promise<Outcome> {
  try {
    if (!handler) throw new Error(`${assignment.file} exports no ${assignment.exported}`);
    const answer = await handler(JSON.parse(invocation.event), contextOf(invocation));
    return { answer: JSON.stringify(answer ?? null) };
  } catch (error) {
    const thrown = error instanceof Error ? error : new Error(String(error));
    return {
      failure: {
        errorType: thrown.name,
        errorMessage: thrown.message,
        trace: thrown.stack?.split('\n') ?? [],
      },
    };
  }
}

function contextOf(invocation: Invocation): object {
  return {
    callbackWaitsForEmptyEventLoop: true,
    functionName: assignment.name,
    functionVersion: '$LATEST',
    invokedFunctionArn: assignment.arn,
    memoryLimitInMB: String(assignment.memoryMb),
    awsRequestId: invocation.requestId,
    logGroupName: `/aws/lambda/${assignment.name}`,
    logStreamName: 'local',
    getRemainingTimeInMillis: () => invocation.deadline - Date.now(),
  };
}
