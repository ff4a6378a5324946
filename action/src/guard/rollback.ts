import type { Gate } from '../../../schema/src/records/gate.ts';
import type { Reason } from './reason.ts';

/** The tables hold a later state of the files than this commit's, or one that this commit knows nothing of. */
export function rollback(gate: Gate | undefined, commit: string | undefined, descends: boolean): Reason[] {
  if (gate?.commit === undefined || commit === undefined || commit === gate.commit || descends) return [];
  const message =
    `The tables hold commit ${short(gate.commit)}, and ${short(commit)} does not come after it: ` +
    'what was merged since would be undone.';
  return [{ code: 'rollback', message }];
}

function short(commit: string): string {
  return commit.slice(0, 12);
}
