import { isAnswer, isEntry, type LedgerRow } from '../delivery/ledger.ts';

/** One row of the ledger on a line. */
export function rowLine(row: LedgerRow): string {
  const who = isEntry(row)
    ? `${row.recipient} to ${row.destination}`
    : isAnswer(row)
      ? `answer about ${row.refusals.map(({ recipient }) => recipient).join(', ')}`
      : row.destination === '#event'
        ? 'waits for its alias'
        : 'nobody';
  const next = row.state !== 'due' ? '' : `, next ${time(row.nextAttemptAt)}`;
  const reason = row.reason === undefined ? '' : ` (${row.reason})`;
  return `${time(row.receivedAt)}  ${row.messageId}  ${row.state.padEnd(8)}  ${who}, attempts ${row.attempts}${next}${reason}\n`;
}

/** @param seconds epoch seconds */
function time(seconds: number): string {
  return new Date(seconds * 1_000).toISOString().slice(0, 16).replace('T', ' ');
}
