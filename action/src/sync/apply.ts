import type { Gate } from '../../../schema/src/records/gate.ts';
import type { RollChange } from '../../../schema/src/records/roll.ts';
import type { Change } from '../plan/change.ts';

/** What a transaction demands of the gate, and what it makes of it; the same where it only demands. */
export interface GateStep {
  /** Undefined where no sync has ever written the tables. */
  readonly before: Gate | undefined;
  readonly after: Gate;
}

/** What a sync writes, or a part of it. */
export interface Writes {
  readonly changes: readonly Change[];
  readonly rolls: readonly RollChange[];
}

export interface ChangeWriter {
  /**
   * Writes up to 99 changes and rolls, and the gate, all or none: only if the gate still is as it was, and each row as the
   * plan read it. Gives what stood against it. The same token makes a repeat of the same writes harmless.
   */
  write(writes: Writes, gate: GateStep, token: string): Promise<Stop | undefined>;
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
 * Writes behind the gate, which the first transaction opens and the last one closes; so what fits in one is
 * there at once. A run that stops in between leaves the gate open, and mail goes on as before. One transaction after the
 * other: as each demands the gate, two at once would be a conflict.
 *
 * @param opened the gate of this run
 * @param previous the gate as it was read
 */
export async function apply(
  writes: Writes,
  opened: Gate,
  previous: Gate | undefined,
  ports: ApplyPorts,
): Promise<Applied> {
  const written: Change[] = [];
  let before = previous;
  const transactions = transactionsOf(writes);
  try {
    for (const [place, transaction] of transactions.entries()) {
      const isLast = place === transactions.length - 1;
      const after: Gate = isLast ? { ...opened, state: 'closed', at: ports.now() } : opened;
      const stop = await ports.changes.write(transaction, { before, after }, ports.newToken());
      if (stop !== undefined) return { written, stop };
      written.push(...transaction.changes);
      before = after;
    }
    return { written };
  } catch (error) {
    return { written, stop: { reason: 'fault', error } };
  }
}

/** Actions of a transaction (AWS quota for TransactWriteItems: 100), less the one for the gate. */
const changeLimit = 99;
/** Bytes a transaction: AWS takes 4 MB of items; attribute names and types weigh more there than in JSON. */
const byteLimit = 3_500_000;

/**
 * The changes in the order in which they are written, packed into transactions: what definitions become, what domains
 * become, then definitions that go and domains that go; last the rolls, which say what is there by then. No build publishes what is half written, so that the order
 * decides nothing for mail. Never none: the gate that another run left open is closed also where nothing is to write.
 */
export function transactionsOf({ changes, rolls }: Writes): Writes[] {
  const transactions: Writes[] = [];
  let transaction: { readonly changes: Change[]; readonly rolls: RollChange[] } = { changes: [], rolls: [] };
  let bytes = 0;
  const makeRoom = (size: number): void => {
    const count = transaction.changes.length + transaction.rolls.length;
    if (count > 0 && (count === changeLimit || bytes + size > byteLimit)) {
      transactions.push(transaction);
      transaction = { changes: [], rolls: [] };
      bytes = 0;
    }
    bytes += size;
  };
  for (const change of inOrder(changes)) {
    makeRoom(sizeOf(change));
    transaction.changes.push(change);
  }
  for (const roll of rolls) {
    makeRoom(byteLength([...(roll.roll ?? [])]) + 512);
    transaction.rolls.push(roll);
  }
  return [...transactions, transaction];
}

function inOrder(changes: readonly Change[]): Change[] {
  const of = (table: Change['table'], goes: boolean): Change[] =>
    changes.filter((change) => change.table === table && (change.kind === 'delete') === goes);
  return [
    ...of('definitions', false),
    ...of('domains', false),
    ...of('definitions', true),
    ...of('domains', true),
  ];
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
