import { setTimeout as delay } from 'node:timers/promises';
import { nameInArn } from '../template/resourceNames.ts';
import { type Pool, startPool } from './environments.ts';
import type { LambdaFunction } from './functions.ts';
import type { Outcome } from './runtime.ts';

/** Lambda: the functions of the stack, by name or ARN. */
export interface Lambda {
  has(nameOrArn: string): boolean;
  /** The full name of the function whose bundle has this name, such as `process`. Throws when there is none. */
  named(bundle: string): string;
  /** Waits for the answer, as an invocation of type RequestResponse. */
  invoke(nameOrArn: string, event: unknown): Promise<Outcome>;
  /** Returns at once, as an invocation of type Event: Lambda tries it up to three times. */
  send(nameOrArn: string, event: unknown): void;
  /** Resolves when nothing is running or waiting to be tried again. */
  idle(): Promise<void>;
  stop(): Promise<void>;
}

interface LambdaOptions {
  /** What AWS adds to the functions' own variables: region, keys, endpoints. */
  readonly settings: Readonly<Record<string, string>>;
  /** How long an asynchronous invocation waits before its second and its third try; minutes in AWS. */
  readonly retryDelaysMs: readonly number[];
  readonly log: (functionName: string, line: string) => void;
}

export function startLambda(functions: readonly LambdaFunction[], options: LambdaOptions): Lambda {
  const pools = new Map(
    functions.map((lambda) => {
      const log = (line: string) => options.log(lambda.name, line);
      return [lambda.name, startPool(lambda, options.settings, log)];
    }),
  );
  const running = new Set<Promise<unknown>>();
  const track = <T>(work: Promise<T>): Promise<T> => {
    running.add(work);
    const forget = () => running.delete(work);
    work.then(forget, forget);
    return work;
  };
  const run = async (nameOrArn: string, event: unknown): Promise<Outcome> => {
    const name = nameOf(nameOrArn);
    const began = performance.now();
    const outcome = await runIn(pools.get(name), name, JSON.stringify(event));
    options.log(name, report(performance.now() - began));
    if ('failure' in outcome) options.log(name, JSON.stringify({ level: 'ERROR', ...outcome.failure }));
    return outcome;
  };
  const insist = async (nameOrArn: string, event: unknown): Promise<void> => {
    for (const wait of [...options.retryDelaysMs, undefined]) {
      const outcome = await run(nameOrArn, event);
      if ('answer' in outcome || wait === undefined) return;
      await delay(wait);
    }
  };
  return {
    has: (nameOrArn) => pools.has(nameOf(nameOrArn)),
    named: (bundle) => {
      const found = functions.find(({ file }) => file.split('/').at(-2) === bundle);
      if (!found) throw new Error(`there is no function of the bundle ${bundle}`);
      return found.name;
    },
    invoke: (nameOrArn, event) => track(run(nameOrArn, event)),
    send: (nameOrArn, event) => void track(insist(nameOrArn, event)),
    idle: async () => {
      while (running.size > 0) await Promise.allSettled(running);
    },
    stop: async () => {
      await Promise.all([...pools.values()].map((pool) => pool.stop()));
    },
  };
}

/** The end of Lambda's own line about an invocation: https://docs.aws.amazon.com/lambda/latest/dg/nodejs-logging.html. */
function report(milliseconds: number): string {
  return `REPORT Duration: ${milliseconds.toFixed(2)} ms\tBilled Duration: ${Math.ceil(milliseconds)} ms`;
}

/** `name`, `name:alias` and an ARN all name the function. */
function nameOf(nameOrArn: string): string {
  const name = nameOrArn.startsWith('arn:') ? nameInArn(nameOrArn) : nameOrArn;
  return name.split(':')[0] ?? name;
}

/** A function that is not there, or whose bundle does not load, fails as one that throws. */
async function runIn(pool: Pool | undefined, name: string, event: string): Promise<Outcome> {
  try {
    if (!pool) throw new Error(`Function not found: ${name}`);
    return await pool.run(event);
  } catch (error) {
    return { failure: { errorType: 'Runtime.Unknown', errorMessage: String(error) } };
  }
}
