import {
  type Entry,
  firstAnswer,
  isAnswer,
  keepTime,
  type Ledger,
  type LedgerRow,
  newIn,
  type Task,
} from './ledger.ts';

export interface FakeLedger extends Ledger {
  readonly rows: readonly LedgerRow[];
}

/** A ledger in memory, with the conditions of the table's. */
export function fakeLedger(): FakeLedger {
  const rows = new Map<string, LedgerRow>();
  const keyOf = (row: Pick<LedgerRow, 'messageId' | 'destination'>) => `${row.messageId}\n${row.destination}`;
  const now = (row: LedgerRow) => rows.get(keyOf(row));
  const put = <R extends LedgerRow>(row: R): R => {
    rows.set(keyOf(row), row);
    return row;
  };
  const holds = (row: Task) => {
    const present = now(row);
    return present?.state === 'due' && present.attempts === row.attempts;
  };
  const entries = () => [...rows.values()].filter((row): row is Entry => !row.destination.startsWith('#'));

  return {
    get rows() {
      return [...rows.values()];
    },
    of: async (messageId) =>
      [...rows.values()]
        .filter((row) => row.messageId === messageId)
        .sort((a, b) => (a.destination < b.destination ? -1 : 1)),
    async open(added) {
      if (added.some((row) => now(row) !== undefined)) return false;
      for (const row of added) put(row);
      return true;
    },
    async take(row, until) {
      if (!holds(row)) return undefined;
      const { reason: _, ...rest } = now(row) as typeof row;
      return put({ ...rest, attempts: row.attempts + 1, nextAttemptAt: until } as unknown as typeof row);
    },
    async close(row, closing, time) {
      const present = now(row);
      if (present?.state !== 'due') return false;
      const { nextAttemptAt: _, ...rest } = present;
      put({ ...rest, ...closing, expiresAt: time + keepTime } as LedgerRow);
      return true;
    },
    async note(row, reason) {
      if (holds(row)) put({ ...(now(row) ?? row), reason });
    },
    async sendNotice(row, why, time) {
      const present = entries().find((entry) => keyOf(entry) === keyOf(row));
      if (present?.state !== 'sent' || present.sesMessageId !== row.sesMessageId) return false;
      const { expiresAt: _, sesMessageId: __, ...rest } = present;
      const reason = 'refused by its server';
      put({ ...rest, state: 'due', nextAttemptAt: time, unattachable: why, reason });
      return true;
    },
    async bounce(row, reason) {
      const present = now(row);
      if (present?.state === 'sent' || present?.state === 'fallback')
        put({ ...present, state: 'bounced', reason });
    },
    async owe(envelope, refusals, time) {
      const first = firstAnswer(envelope, refusals, time);
      const present = now(first);
      if (present === undefined || !isAnswer(present)) return put(first);
      const added = newIn(present, refusals);
      if (added.length === 0) return present;
      const { expiresAt: _, ...rest } = present;
      const nextAttemptAt = present.state === 'due' ? (present.nextAttemptAt ?? time) : time;
      return put({ ...rest, state: 'due', nextAttemptAt, refusals: [...present.refusals, ...added] });
    },
    async told(row, time) {
      const present = now(row);
      if (present === undefined || !isAnswer(present)) return;
      const told = row.refusals.length;
      if (present.refusals.length > told) {
        put({ ...present, told });
        return;
      }
      const { nextAttemptAt: _, ...rest } = present;
      put({ ...rest, told, state: 'bounced', expiresAt: time + keepTime });
    },
    async drop(row, reason, time) {
      const present = now(row);
      const isSame =
        present?.state === 'due' && isAnswer(present) && present.refusals.length === row.refusals.length;
      if (!isSame) return;
      const { nextAttemptAt: _, ...rest } = present;
      put({ ...rest, state: 'dropped', reason, expiresAt: time + keepTime });
    },
    due: async (time, limit) =>
      [...rows.values()]
        .filter((row): row is Task => row.state === 'due' && (row.nextAttemptAt ?? 0) <= time)
        .sort((a, b) => (a.nextAttemptAt ?? 0) - (b.nextAttemptAt ?? 0))
        .slice(0, limit),
    bySesMessage: async (id) => entries().find((row) => row.sesMessageId === id),
    byAlias: async (alias, limit) =>
      entries()
        .filter((row) => row.alias === alias)
        .sort((a, b) => b.receivedAt - a.receivedAt)
        .slice(0, limit),
    about: async (address) =>
      entries()
        .filter(
          (row) => row.destination === address || row.sender === address || row.recipients.includes(address),
        )
        .sort((a, b) => b.receivedAt - a.receivedAt),
    hasReached: async (alias, destination) =>
      entries().some((row) => row.alias === alias && row.destination === destination && row.state === 'sent'),
    async reopen(row, time) {
      const { expiresAt: _, sesMessageId: __, reason: ___, unattachable: ____, ...rest } = row;
      return put({ ...rest, state: 'due', attempts: row.attempts + 1, nextAttemptAt: time, since: time });
    },
  };
}
