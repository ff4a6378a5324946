import { randomUUID } from 'node:crypto';
import { createInterface } from 'node:readline';
import { Worker } from 'node:worker_threads';
import type { LambdaFunction } from './functions.ts';
import type { Assignment, Invocation, Outcome } from './runtime.ts';

/** The environments of one function. */
export interface Pool {
  /** Runs the handler on an event (JSON) in an idle environment, or in a new one while there are few. */
  run(event: string): Promise<Outcome>;
  stop(): Promise<void>;
}

/** The concurrency of a new account. */
const concurrency = 10;

export function startPool(
  lambda: LambdaFunction,
  settings: Readonly<Record<string, string>>,
  log: (line: string) => void,
): Pool {
  const living = new Set<Environment>();
  const idle: Environment[] = [];
  const waiting: (() => void)[] = [];
  let count = 0;

  const take = async (): Promise<Environment> => {
    while (idle.length === 0 && count >= concurrency)
      await new Promise<void>((resolve) => waiting.push(resolve));
    const free = idle.pop();
    if (free) return free;
    count += 1;
    try {
      const environment = await startEnvironment(lambda, settings, log);
      living.add(environment);
      return environment;
    } catch (error) {
      count -= 1;
      waiting.shift()?.();
      throw error;
    }
  };
  const give = (environment: Environment) => {
    if (environment.alive()) {
      idle.push(environment);
    } else {
      living.delete(environment);
      count -= 1;
    }
    waiting.shift()?.();
  };

  return {
    run: async (event) => {
      const environment = await take();
      try {
        return await environment.invoke(event, randomUUID());
      } finally {
        give(environment);
      }
    },
    stop: async () => {
      await Promise.all([...living].map((environment) => environment.stop()));
    },
  };
}

/** One execution environment of a function: a worker with the bundle loaded. It takes one event at a time. */
interface Environment {
  /** Runs the handler on an event (JSON). Never rejects: what goes wrong is the outcome's failure. */
  invoke(event: string, requestId: string): Promise<Outcome>;
  /** False once it has timed out or died: it takes no more events. */
  alive(): boolean;
  stop(): Promise<void>;
}

/** Starts an environment; its `process.env` is its own: the settings, the function's variables and Lambda's. */
async function startEnvironment(
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
