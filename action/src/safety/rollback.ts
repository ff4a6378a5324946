import type { SyncMark } from '../sync/syncMark.ts';
import type { Reason } from './reason.ts';

/** The tables hold a later state of the files than this commit's, or one that this commit knows nothing of. */
export function rollback(
  mark: SyncMark | undefined,
  commit: string | undefined,
  descends: boolean,
): Reason[] {
  if (mark === undefined || commit === undefined || commit === mark.commit || descends) return [];
  const message =
    `The tables hold commit ${short(mark.commit)}, and ${short(commit)} does not come after it: ` +
    'what was merged since would be undone.';
  return [{ code: 'rollback', message }];
}

function short(commit: string): string {
  return commit.slice(0, 12);
}
