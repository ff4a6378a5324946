import { randomUUID } from 'node:crypto';
import { type Environment, startEnvironment } from './environment.ts';
import type { LambdaFunction } from './functions.ts';
import type { Outcome } from './protocol.ts';

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
