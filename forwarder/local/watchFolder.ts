import { watch } from 'node:fs';

/** Editors write a file in several steps. */
const settleMs = 300;

/**
 * Runs an action at once and after every change in a folder: one run at a time, and what changes meanwhile is taken by
 * one run more. Returns a function that ends it.
 */
export function watchFolder(folder: string, action: () => Promise<void>): () => void {
  let running = false;
  let again = false;
  const run = async (): Promise<void> => {
    again = running;
    if (running) return;
    running = true;
    do {
      again = false;
      await action();
    } while (again);
    running = false;
  };
  let timer = setTimeout(() => void run(), 0);
  const watcher = watch(folder, () => {
    clearTimeout(timer);
    timer = setTimeout(() => void run(), settleMs);
  });
  return () => {
    clearTimeout(timer);
    watcher.close();
  };
}
