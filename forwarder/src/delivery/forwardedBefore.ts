import type { Address } from '../../../schema/src/text/address.ts';
import type { Milliseconds } from '../../../schema/src/text/time.ts';
import { markersOf } from '../mail/loop.ts';
import type { RawField } from '../mail/message.ts';
import type { AttemptPorts } from './attempt.ts';
import { nameOf } from './fault.ts';
import { type DueEntry, isEntry, type Ledger } from './ledger.ts';
import { noteAll } from './notes.ts';

interface Ports extends Pick<AttemptPorts, 'telemetry' | 'clock'> {
  readonly ledger: Pick<Ledger, 'of' | 'note'>;
}

/** Markers that are looked up; no mail goes round through more aliases of ours. */
const markerLimit = 10;

/**
 * The aliases of `entries` that the mail was forwarded for before: a marker counts if the ledger has its mail, since
 * anybody can write one. Undefined, with a note in each row, where the ledger does not answer.
 */
export async function forwardedBefore(
  fields: readonly RawField[],
  entries: readonly DueEntry[],
  ports: Ports,
  deadline: Milliseconds,
): Promise<ReadonlySet<Address> | undefined> {
  const aliases = new Set(entries.map(({ alias }) => alias));
  const markers = markersOf(fields).filter(({ alias }) => aliases.has(alias));
  const before = new Set<Address>();
  try {
    for (const { alias, messageId } of markers.slice(0, markerLimit)) {
      const rows = await ports.ledger.of(messageId);
      if (rows.some((row) => isEntry(row) && row.alias === alias)) before.add(alias);
    }
  } catch (error) {
    await noteAll(entries, `ledger: ${nameOf(error)}`, ports, deadline);
    return undefined;
  }
  return before;
}
