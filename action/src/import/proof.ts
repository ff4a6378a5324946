import { sumOf } from '../../../schema/src/records/records.ts';
import type { Plan } from '../plan/plan.ts';
import { nameOf } from '../render/planText.ts';

/**
 * What a sync of the imported files would change: nothing but the adoption of rows as they are, and the row that says
 * that a domain is managed. Everything else is named; an empty list is the proof.
 */
export function differences({ changes, effects, foreign }: Plan): string[] {
  return [
    ...changes.flatMap((change) => {
      if (change.kind === 'update' && sumOf(change.before.record) === sumOf(change.after)) return [];
      if (change.kind === 'create' && change.table === 'domains' && change.after.aliasfor === undefined)
        return [];
      return [`${nameOf(change)} would be ${change.kind}d.`];
    }),
    ...effects.map(({ address }) => `Mail to ${address} would go to others.`),
    ...foreign.map((row) => `${nameOf(row)} is not in the files.`),
  ];
}
