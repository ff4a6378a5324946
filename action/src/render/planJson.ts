import type { Override } from '../../../schema/src/records/gate.ts';
import { forMaintainers, type Review } from '../guard/reason.ts';
import { asStored, type Change, type Key } from '../plan/change.ts';
import type { Counts, Effect } from '../plan/plan.ts';

export interface PlanJson {
  readonly fingerprint: string;
  readonly counts: Counts;
  readonly changes: readonly {
    readonly kind: Change['kind'];
    readonly table: Change['table'];
    readonly key: Key;
    readonly before?: unknown;
    readonly after?: unknown;
  }[];
  readonly effects: readonly Effect[];
  /** There where a sync was cut short and left its gate open; `since` in ISO 8601. */
  readonly gate?: { readonly state: 'open'; readonly since: string };
  /** There where the last sync was allowed what a reason stood against; `at` in ISO 8601, `more` counts further names. */
  readonly lastSync?: {
    readonly allowed: readonly {
      readonly code: string;
      readonly about: readonly string[];
      readonly more: number;
      readonly by: string;
      readonly at: string;
    }[];
  };
  readonly unsafe: readonly { readonly code: string; readonly message: string; readonly override: string }[];
}

/** A reviewed plan in the stable form that programs read. */
export function planJson({ plan, unsafe, staleSince, lastOverrides }: Review): PlanJson {
  return {
    fingerprint: plan.fingerprint,
    counts: plan.counts,
    changes: plan.changes.map((change) => ({
      kind: change.kind,
      table: change.table,
      key: change.key,
      ...(change.kind === 'create' ? {} : { before: asStored(change.before) }),
      ...(change.kind === 'delete' ? {} : { after: change.after }),
    })),
    effects: plan.effects,
    ...(staleSince === undefined
      ? {}
      : { gate: { state: 'open', since: new Date(staleSince * 1000).toISOString() } }),
    ...(lastOverrides === undefined ? {} : { lastSync: { allowed: lastOverrides.map(shownOverride) } }),
    unsafe: unsafe.map((reason) => ({
      code: reason.code,
      message: forMaintainers(reason),
      override: reason.code,
    })),
  };
}

function shownOverride({ code, about, more, by, at }: Override) {
  return { code, about, more, by, at: new Date(at * 1000).toISOString() };
}
