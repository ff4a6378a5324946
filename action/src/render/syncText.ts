import type { SyncResult, SyncStop } from '../sync/sync.ts';
import { oneLine } from './oneLine.ts';
import { nameOf } from './planText.ts';
import type { Redact } from './redact.ts';

/** How a sync went, after its plan was shown. */
export function syncText(result: SyncResult, redact: Redact): string {
  const held = [...result.held].map(
    ([domain, reason]) => `${domain} was not synced and keeps what the tables have: ${reason}.`,
  );
  return [...held, syncSentence(result)].map((line) => `${redact(oneLine(line))}\n`).join('');
}

/** The last line. Text from outside is in it as it came. */
export function syncSentence({ review, refused, written, stop, liveAfterMs }: SyncResult): string {
  if (refused === 'unsafe') {
    const codes = review.unsafe.map(({ code }) => code).join(',');
    return `Refused, nothing was written: ${review.unsafe.map(({ message }) => message).join(' ')} To allow it: --allow ${codes}`;
  }
  if (refused === 'fingerprint') {
    return `Refused, nothing was written: the plan is ${review.plan.fingerprint}, not the one that was expected.`;
  }
  const total = review.plan.changes.length;
  if (stop !== undefined) {
    const went = stop.reason === 'not-live' ? 'and it is not live' : 'then the sync stopped';
    return `${written.length} of ${total} rows were written, ${went}: ${stopSentence(stop)}`;
  }
  const live =
    liveAfterMs === null ? 'Not waited for mail to go by it.' : `Live after ${seconds(liveAfterMs)}.`;
  return `${written.length} rows written. ${live}`;
}

function stopSentence(stop: SyncStop): string {
  switch (stop.reason) {
    case 'conflict': {
      const names = stop.rows.slice(0, 10).map(nameOf).join(', ');
      return `somebody changed ${names} since the plan was made. What was written is right; run the sync again.`;
    }
    case 'other-run':
      return 'another sync has begun since, and goes on. Run this one again when it has ended.';
    case 'not-live':
      return 'no build has published it yet. Nothing is lost: mail goes on as before until one does.';
    case 'fault':
      return `${faultText(stop.error)} What was written is right; run the sync again.`;
  }
}

/** AWS's own words, which may quote a key or a value, go through `redact` with the rest. */
function faultText(error: unknown): string {
  return error instanceof Error ? `DynamoDB said ${error.name}: ${error.message}.` : 'DynamoDB failed.';
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}
