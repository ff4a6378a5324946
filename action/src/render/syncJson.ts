import type { SyncResult } from '../sync/sync.ts';
import type { Requests } from '../tables/requests.ts';
import { type PlanJson, planJson } from './planJson.ts';

export interface SyncJson extends PlanJson {
  /** Rows written. */
  readonly applied: number;
  readonly requests: Requests;
  readonly liveAfterMs: number | null;
  /** Domains that keep what the tables have, since their files have errors or hang on such files. */
  readonly held: readonly { readonly domain: string; readonly reason: string }[];
}

export function syncJson({ review, held, written, liveAfterMs }: SyncResult, requests: Requests): SyncJson {
  return {
    ...planJson(review),
    applied: written.length,
    requests,
    liveAfterMs,
    held: [...held].map(([domain, reason]) => ({ domain, reason })),
  };
}
