import type { Gate } from '../../../schema/src/records/gate.ts';
import type { Change } from '../plan/change.ts';
import { transactionsOf } from './transactions.ts';

/** What a transaction demands of the gate, and what it makes of it; the same where it only demands. */
export interface GateStep {
  /** Undefined where no sync has ever written the tables. */
  readonly before: Gate | undefined;
  readonly after: Gate;
}

export interface ChangeWriter {
  /**
   * Writes up to 99 changes and the gate, all or none: only if the gate still is as it was, and each row as the plan
   * read it. Gives what stood against it. The same token makes a repeat of the same changes harmless.
   */
  write(changes: readonly Change[], gate: GateStep, token: string): Promise<Stop | undefined>;
}

/** How a run ended that could not write everything. What was written is right, and another run does the rest. */
export type Stop =
  | { readonly reason: 'conflict'; readonly rows: readonly Change[] }
  | { readonly reason: 'other-run' }
  | { readonly reason: 'fault'; readonly error: unknown };

export interface Applied {
  readonly written: readonly Change[];
  readonly stop?: Stop;
}

export interface ApplyPorts {
  readonly changes: ChangeWriter;
  newToken(): string;
  /** Epoch seconds. */
  now(): number;
}

/**
 * Writes the changes behind the gate, which the first transaction opens and the last one closes; so what fits in one is
 * there at once. A run that stops in between leaves the gate open, and mail goes on as before. One transaction after the
 * other: as each demands the gate, two at once would be a conflict.
 *
 * @param opened the gate of this run
 * @param previous the gate as it was read
 */
export async function apply(
  changes: readonly Change[],
  opened: Gate,
  previous: Gate | undefined,
  ports: ApplyPorts,
): Promise<Applied> {
  const written: Change[] = [];
  let before = previous;
  const transactions = transactionsOf(changes);
  try {
    for (const [place, transaction] of transactions.entries()) {
      const isLast = place === transactions.length - 1;
      const after: Gate = isLast ? { ...opened, state: 'closed', at: ports.now() } : opened;
      const stop = await ports.changes.write(transaction, { before, after }, ports.newToken());
      if (stop !== undefined) return { written, stop };
      written.push(...transaction);
      before = after;
    }
    return { written };
  } catch (error) {
    return { written, stop: { reason: 'fault', error } };
  }
}
