import type { Gate } from '../../../schema/src/gate.ts';
import type { Change } from '../plan/change.ts';
import { transactionsOf } from './transactions.ts';

export interface GateWriter {
  /**
   * Writes the gate if it still is as it was read; false when another run has written it since. The same token makes
   * a repeat harmless.
   */
  write(next: Gate, previous: Gate | undefined, token: string): Promise<boolean>;
}

export interface ChangeWriter {
  /**
   * Writes up to 99 changes, all or none: only while this gate is open, and only if each row still is as the plan read
   * it. Gives what stood against it. The same token makes a repeat of the same changes harmless.
   */
  write(changes: readonly Change[], gate: Gate, token: string): Promise<Stop | undefined>;
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
  readonly gate: GateWriter;
  readonly changes: ChangeWriter;
  newToken(): string;
  /** Epoch seconds. */
  now(): number;
}

/**
 * Opens the gate, writes, and closes it; a run that stops leaves it open, and mail goes on as before. The
 * transactions are written one after the other: as each checks the gate, two at once would be a conflict.
 */
export async function apply(
  changes: readonly Change[],
  opened: Gate,
  previous: Gate | undefined,
  ports: ApplyPorts,
): Promise<Applied> {
  const written: Change[] = [];
  try {
    if (!(await ports.gate.write(opened, previous, ports.newToken()))) {
      return { written, stop: { reason: 'other-run' } };
    }
    for (const transaction of transactionsOf(changes)) {
      const stop = await ports.changes.write(transaction, opened, ports.newToken());
      if (stop !== undefined) return { written, stop };
      written.push(...transaction);
    }
    const closed: Gate = { ...opened, state: 'closed', at: ports.now() };
    const isClosed = await ports.gate.write(closed, opened, ports.newToken());
    return isClosed ? { written } : { written, stop: { reason: 'other-run' } };
  } catch (error) {
    return { written, stop: { reason: 'fault', error } };
  }
}
