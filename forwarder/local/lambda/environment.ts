import { createInterface } from 'node:readline';
import { Worker } from 'node:worker_threads';
import type { LambdaFunction } from './functions.ts';
import type { Assignment, Invocation, Outcome } from './protocol.ts';

/** One execution environment of a function: a worker with the bundle loaded. It takes one event at a time. */
export interface Environment {
  /** Runs the handler on an event (JSON). Never rejects: what goes wrong is the outcome's failure. */
  invoke(event: string, requestId: string): Promise<Outcome>;
  /** False once it has timed out or died: it takes no more events. */
  alive(): boolean;
  stop(): Promise<void>;
}

/** Starts an environment; its `process.env` is its own: the settings, the function's variables and Lambda's. */
export async function startEnvironment(
  lambda: LambdaFunction,
  settings: Readonly<Record<string, string>>,
  log: (line: string) => void,
): Promise<Environment> {
  const { file, exported, name, arn, memoryMb } = lambda;
  const worker = new Worker(new URL('./runtime.ts', import.meta.url), {
    workerData: { file, exported, name, arn, memoryMb } satisfies Assignment,
    env: { ...settings, ...lambda.environment, ...lambdaVariables(lambda) },
    stdout: true,
    stderr: true,
    // The options of the process that runs the local system are none of the function's.
    execArgv: ['--disable-warning=ExperimentalWarning'],
  });
  for (const stream of [worker.stdout, worker.stderr]) createInterface(stream).on('line', log);
  await loaded(worker);
  let alive = true;
  worker.once('exit', () => {
    alive = false;
  });
  return {
    invoke: async (event, requestId) => {
      const outcome = await answer(worker, event, requestId, lambda.timeoutMs);
      if (outcome) return outcome;
      alive = false;
      void worker.terminate();
      return failure(
        'Sandbox.Timedout',
        `Task timed out after ${(lambda.timeoutMs / 1000).toFixed(2)} seconds`,
      );
    },
    alive: () => alive,
    stop: async () => {
      await worker.terminate();
    },
  };
}

function lambdaVariables(lambda: LambdaFunction): Record<string, string> {
  return {
    AWS_LAMBDA_FUNCTION_NAME: lambda.name,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(lambda.memoryMb),
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${lambda.name}`,
    AWS_LAMBDA_LOG_STREAM_NAME: 'local',
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
    TZ: ':UTC',
  };
}

function loaded(worker: Worker): Promise<void> {
  return new Promise((resolve, reject) => {
    worker.once('message', () => resolve());
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`the function ended with ${code} while loading`)));
  });
}

/** Resolves to undefined when the time is up. */
function answer(
  worker: Worker,
  event: string,
  requestId: string,
  timeoutMs: number,
): Promise<Outcome | undefined> {
  return new Promise((resolve) => {
    const finish = (outcome: Outcome | undefined) => {
      clearTimeout(timer);
      worker.off('message', finish).off('error', crash).off('exit', exit);
      resolve(outcome);
    };
    const crash = (error: Error) => finish(failure('Runtime.UnhandledError', error.message));
    const exit = (code: number) => finish(failure('Runtime.ExitError', `Runtime exited with status ${code}`));
    const timer = setTimeout(finish, timeoutMs, undefined);
    worker.on('message', finish).on('error', crash).on('exit', exit);
    worker.postMessage({ requestId, event, deadline: Date.now() + timeoutMs } satisfies Invocation);
  });
}

function failure(errorType: string, errorMessage: string): Outcome {
  return { failure: { errorType, errorMessage } };
}
