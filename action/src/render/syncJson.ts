import type { SyncResult } from '../sync/sync.ts';
import type { Requests } from '../tables/requests.ts';
import { type PlanJson, planJson } from './planJson.ts';

export interface SyncJson extends PlanJson {
  /** Rows written. */
  readonly applied: number;
  readonly requests: Requests;
  readonly liveAfterMs: number | null;
}

export function syncJson({ review, written, liveAfterMs }: SyncResult, requests: Requests): SyncJson {
  return { ...planJson(review), applied: written.length, requests, liveAfterMs };
}
