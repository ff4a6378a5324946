import type { Milliseconds } from '../../../schema/src/text/time.ts';
import { inParallel } from '../routing/inParallel.ts';
import { type AttemptPorts, mark } from './attempt.ts';
import type { DueEntry, Ledger } from './ledger.ts';

interface Ports extends Pick<AttemptPorts, 'telemetry' | 'clock'> {
  readonly ledger: Pick<Ledger, 'note'>;
}

const notesAtOnce = 10;

/**
 * Notes why nothing of these was sent, so that the next attempt counts as no second copy. Whoever waits for us waits no
 * longer than to the deadline: what is not noted by then may be counted for nothing.
 */
export async function noteAll(
  entries: readonly DueEntry[],
  reason: string,
  ports: Ports,
  deadline: Milliseconds,
): Promise<void> {
  await inParallel(entries, notesAtOnce, async (entry) => {
    if (ports.clock() > deadline) return;
    await mark(ports, entry, ports.ledger.note(entry, reason));
  });
}
