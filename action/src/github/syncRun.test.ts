import { expect, it } from 'vitest';
import type { SyncStop } from '../sync/sync.ts';
import { stopOutput } from './syncRun.ts';

const throttled = Object.assign(new Error('busy'), { name: 'ThrottlingException' });
const denied = Object.assign(new Error('no'), { name: 'AccessDeniedException' });

it.each<[SyncStop, string]>([
  [{ reason: 'conflict', rows: [] }, 'conflict'],
  [{ reason: 'fault', error: throttled }, 'transient'],
  [{ reason: 'fault', error: denied }, 'fault'],
  [{ reason: 'other-run' }, 'other-run'],
  [{ reason: 'not-live' }, 'not-live'],
])('says in an output how %j stopped a sync', (stop, output) => {
  expect(stopOutput(stop)).toBe(output);
});
