import type { Change } from '../plan/change.ts';

/** Actions of a transaction (AWS quota for TransactWriteItems: 100), less the one for the gate. */
const changeLimit = 99;
/** Bytes a transaction: AWS takes 4 MB of items; attribute names and types weigh more there than in JSON. */
const byteLimit = 3_500_000;

/**
 * The changes in the order in which they are written, packed into transactions: what definitions become, what domains
 * become, then definitions that go and domains that go. No build publishes what is half written, so that the order
 * decides nothing for mail. Never none: the gate that another run left open is closed also where nothing is to write.
 */
export function transactionsOf(changes: readonly Change[]): Change[][] {
  const transactions: Change[][] = [];
  let transaction: Change[] = [];
  let bytes = 0;
  for (const change of inOrder(changes)) {
    const size = sizeOf(change);
    if (transaction.length > 0 && (transaction.length === changeLimit || bytes + size > byteLimit)) {
      transactions.push(transaction);
      transaction = [];
      bytes = 0;
    }
    transaction.push(change);
    bytes += size;
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
