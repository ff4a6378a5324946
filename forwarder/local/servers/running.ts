interface Stoppable {
  stop(): void | Promise<void>;
}

/** What has been started so far. */
export interface Running {
  /** Notes what was just started, and hands it on. */
  add<T extends Stoppable>(started: T): T;
  /** Stops everything, what was started last first, also after one of them has failed to stop; then throws its error. */
  stop(): Promise<void>;
}

/**
 * Starts things that depend on each other. Where one of them does not start, those before it are stopped, and the error
 * is thrown on: nothing is left that nobody can stop.
 */
export async function startTogether<T>(start: (running: Running) => Promise<T>): Promise<T> {
  const stack: Stoppable[] = [];
  const stop = async (): Promise<void> => {
    const last = stack.pop();
    if (last === undefined) return;
    try {
      await last.stop();
    } finally {
      await stop();
    }
  };
  const add = <S extends Stoppable>(started: S): S => {
    stack.push(started);
    return started;
  };
  try {
    return await start({ add, stop });
  } catch (error) {
    await stop();
    throw error;
  }
}
