import type { Change } from '../plan/change.ts';

/** Actions a transaction (AWS quota for TransactWriteItems). */
export const actionLimit = 100;
/** Bytes a transaction: AWS takes 4 MB of items; attribute names and types weigh more there than in JSON. */
const byteLimit = 3_500_000;

/** Packs changes into transactions, in their order. */
export function batchesOf(changes: readonly Change[]): Change[][] {
  const batches: Change[][] = [];
  let batch: Change[] = [];
  let bytes = 0;
  for (const change of changes) {
    const size = sizeOf(change);
    if (batch.length > 0 && (batch.length === actionLimit || bytes + size > byteLimit)) {
      batches.push(batch);
      batch = [];
      bytes = 0;
    }
    batch.push(change);
    bytes += size;
  }
  if (batch.length > 0) batches.push(batch);
  return batches;
}

/** The larger of what is there and what is written, plus both once more for the condition and the expression. */
function sizeOf(change: Change): number {
  const before = change.kind === 'create' ? 0 : byteLength(change.before.item);
  const after = change.kind === 'delete' ? 0 : byteLength(change.after);
  return before + after + 512;
}

function byteLength(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value));
}
