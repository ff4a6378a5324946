import { wordsOf } from '../../../schema/src/messages/message.ts';
import { forMaintainers } from '../guard/reason.ts';
import { nameOf } from '../plan/change.ts';
import type { SyncResult, SyncStop } from '../sync/sync.ts';
import { oneLine } from './escape.ts';
import { type PlanJson, planJson } from './planJson.ts';
import { counted, inTone } from './planText.ts';
import type { Redact } from './redact.ts';

/** How a sync went, after its plan was shown; for a terminal, in colours. */
export function syncText(result: SyncResult, redact: Redact, colours = false): string {
  const held = [...result.held].map(
    ([domain, reason]) =>
      `${domain} was not synced and keeps what the tables have: ${wordsOf(reason, 'en')}.`,
  );
  const codes = result.review.unsafe.map(({ code }) => code).join(',');
  const cure = result.refused === 'unsafe' ? ` To allow it: --allow ${codes}` : '';
  const isDone = result.refused === undefined && result.stop === undefined;
  const lines = [...held, `${syncSentence(result)}${cure}`].map((line) => redact(oneLine(line)));
  const shown = colours
    ? lines.map((line, at) => inTone(line, at < held.length ? 33 : isDone ? 32 : 31))
    : lines;
  return shown.map((line) => `${line}\n`).join('');
}

/** The last line. Text from outside is in it as it came. */
export function syncSentence(result: SyncResult): string {
  const { review, written } = result;
  if (result.refused === 'unsafe') {
    return `Refused, and nothing was written: ${review.unsafe.map((reason) => forMaintainers(reason)).join(' ')}`;
  }
  if (result.refused === 'declined') return 'Nothing was written, as you said.';
  if (result.refused === 'fingerprint') {
    return `Refused, and nothing was written: the plan is ${review.plan.fingerprint}, not the one that was expected.`;
  }
  if (result.stop !== undefined) {
    const rows = `${written.length} of ${counted(review.plan.changes.length, 'row')} written`;
    return `${rows}, ${stopSentence(result.stop)}`;
  }
  const { liveAfterMs = null } = result;
  const live =
    liveAfterMs === null
      ? 'Did not wait for it to go live.'
      : `Live after ${(liveAfterMs / 1000).toFixed(1)} s.`;
  return `${counted(written.length, 'row')} written. ${live}`;
}

function stopSentence(stop: SyncStop): string {
  switch (stop.reason) {
    case 'conflict': {
      const names = stop.rows.slice(0, 10).map(nameOf).join(', ');
      return `then the sync stopped: somebody changed ${names} since the plan was made. What was written is right; run the sync again.`;
    }
    case 'other-run':
      return 'then the sync stopped: another one has begun since and took over. Run this one again once that has ended.';
    case 'not-live':
      return 'but not live: no build has published it yet. Nothing is lost: until one does, mail is delivered as before.';
    case 'fault':
      return `then the sync stopped: ${faultText(stop.error)} What was written is right; run the sync again.`;
  }
}

/** AWS's own words, which may quote a key or a value, go through `redact` with the rest. */
function faultText(error: unknown): string {
  return error instanceof Error ? `DynamoDB said ${error.name}: ${error.message}.` : 'DynamoDB failed.';
}

/** HTTP requests to DynamoDB, repeats included. */
export interface RequestCounts {
  readonly reads: number;
  readonly writes: number;
}

export interface SyncJson extends PlanJson {
  /** Rows written. */
  readonly applied: number;
  readonly requests: RequestCounts;
  readonly liveAfterMs: number | null;
  /** Domains that keep what the tables have, since their files have errors or hang on such files. */
  readonly held: readonly { readonly domain: string; readonly reason: string }[];
}

export function syncJson(result: SyncResult, requests: RequestCounts): SyncJson {
  const { review, held, written, liveAfterMs = null } = result;
  return {
    ...planJson(review),
    applied: written.length,
    requests,
    liveAfterMs,
    held: [...held].map(([domain, reason]) => ({ domain, reason: wordsOf(reason, 'en') })),
  };
}
