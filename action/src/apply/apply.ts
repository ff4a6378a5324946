import type { Change } from '../plan/change.ts';
import { actionLimit, batchesOf } from './batches.ts';
import { inParallel } from './inParallel.ts';
import type { Phase, Step } from './order.ts';

export interface ChangeWriter {
  /**
   * Writes up to 100 changes, all or none, each only if its row still is as the plan read it; gives those whose rows
   * are not. The same token makes a repeat of the same changes harmless.
   */
  write(changes: readonly Change[], token: string): Promise<readonly Change[]>;
}

/** How many transactions are under way at once. */
const concurrency = 8;

/** How a run ended that could not write everything. What was written is right, and another run does the rest. */
export type Stop =
  | { readonly reason: 'conflict'; readonly rows: readonly Change[] }
  | { readonly reason: 'fault'; readonly error: unknown };

export interface Applied {
  readonly written: readonly Change[];
  readonly stop?: Stop;
}

/** Writes one phase, step after step, and stops at the first step in which a write fails. */
export async function apply(phase: Phase, writer: ChangeWriter, newToken: () => string): Promise<Applied> {
  const written: Change[] = [];
  for (const step of stepsOf(phase)) {
    const outcome = await applyStep(step, writer, newToken);
    for (const change of outcome.written) written.push(change);
    if (outcome.stop !== undefined) return { written, stop: outcome.stop };
  }
  return { written };
}

/** A phase that fits in one transaction is one: nothing is in between then. */
function stepsOf({ steps }: Phase): readonly Step[] {
  const changes = steps.flatMap((step) => step.changes);
  const isSmall = changes.length <= actionLimit && batchesOf(changes).length === 1;
  return isSmall ? [{ changes, together: true }] : steps;
}

async function applyStep(step: Step, writer: ChangeWriter, newToken: () => string): Promise<Applied> {
  const outcomes = await inParallel(batchesOf(step.changes), concurrency, async (batch): Promise<Applied> => {
    try {
      const rows = await writer.write(batch, newToken());
      return rows.length === 0 ? { written: batch } : { written: [], stop: { reason: 'conflict', rows } };
    } catch (error) {
      return { written: [], stop: { reason: 'fault', error } };
    }
  });
  const written = outcomes.flatMap((outcome) => outcome.written);
  const stop = outcomes.find((outcome) => outcome.stop !== undefined)?.stop;
  return stop === undefined ? { written } : { written, stop };
}
