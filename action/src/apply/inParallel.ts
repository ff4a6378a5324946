/** Runs `work` over the items, at most `limit` at once; after one that asks to stop no other is begun. */
export async function inParallel<T, R extends { readonly stop?: unknown }>(
  items: readonly T[],
  limit: number,
  work: (item: T) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  const queue = items.values();
  let stopped = false;
  const worker = async (): Promise<void> => {
    for (const item of queue) {
      const result = await work(item);
      results.push(result);
      stopped ||= result.stop !== undefined;
      if (stopped) return;
    }
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, worker));
  return results;
}
