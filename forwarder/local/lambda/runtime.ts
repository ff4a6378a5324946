import { pathToFileURL } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';

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

/** What a function's environment is started with. */
export interface Assignment {
  readonly file: string;
  readonly exported: string;
  readonly name: string;
  readonly arn: string;
  readonly memoryMb: number;
}

export interface Invocation {
  readonly requestId: string;
  /** The event as JSON, as it crosses the wire. */
  readonly event: string;
  /** Epoch milliseconds. */
  readonly deadline: number;
}

/** What Lambda says of a failed invocation. */
interface Failure {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace?: readonly string[];
}

/** An answer as JSON, or the error that the handler threw. */
export type Outcome = { readonly answer: string } | { readonly failure: Failure };
