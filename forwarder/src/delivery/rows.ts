import type { BouncedRecipient } from '../mail/bounce.ts';
import type { IncomingMail } from '../mail/event.ts';
import type { Fate } from '../routing/route.ts';
import type { Entries } from './entries.ts';
import { envelopeOfMail, keptEvent } from './keep.ts';
import { type Envelope, keepTime, type LedgerRow, nobodyKey } from './ledger.ts';
import { firstAnswer } from './refusals.ts';

/** Rows that a transaction takes besides the event and the answer. */
const rowsAtOnce = 98;

/** Everything that a mail leaves in the ledger, before anything is sent. */
export function rowsFor(
  mail: IncomingMail,
  event: unknown,
  fates: readonly Fate[],
  { ready, waiting, closed }: Entries,
  time: number,
): LedgerRow[] {
  const envelope = envelopeOfMail(mail);
  const refusals = envelope.answerable ? refusalsFor(fates) : [];
  const entries = [...ready, ...waiting, ...closed];
  // More rows than one transaction takes may be cut short in between: then the event is read again.
  const others: LedgerRow[] = [
    ...(entries.length > rowsAtOnce ? [keptEvent(mail, event, time)] : []),
    ...(refusals.length > 0 ? [firstAnswer(envelope, refusals, time)] : []),
  ];
  const rows = [...others, ...entries];
  return rows.length > 0 ? rows : [nobodyRow(envelope, fates, time)];
}

function refusalsFor(fates: readonly Fate[]): BouncedRecipient[] {
  return fates.flatMap((fate): BouncedRecipient[] => {
    const { recipient } = fate;
    switch (fate.kind) {
      case 'unknown':
      case 'inactive':
        return [{ recipient, cause: 'unknown' }];
      case 'refused':
        return [{ recipient, cause: 'policy' }];
      case 'routed':
        return fate.destinations.length === 0 && fate.blocked.every(({ passing }) => !passing)
          ? [{ recipient, cause: 'blocked' }]
          : [];
      default:
        return [];
    }
  });
}

function nobodyRow(envelope: Envelope, fates: readonly Fate[], time: number) {
  const [reason = ''] = fates.map(({ kind }) => kind);
  return {
    ...envelope,
    destination: nobodyKey,
    state: 'dropped',
    attempts: 0,
    reason,
    expiresAt: time + keepTime,
  } as const;
}
