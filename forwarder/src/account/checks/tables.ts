import { type Check, finding } from '../finding.ts';

/** The tables are there, and what follows from a change is told by a stream. */
export const tables: Check = ({ tables: found }) =>
  found.map(({ name, exists, follower, hasStream }) => {
    if (!exists) {
      return finding('table', name, '', {
        level: 'error',
        message: 'the table is missing',
        fix: 'npm run deploy',
      });
    }
    if (follower !== undefined && !hasStream) {
      return finding('table', name, '', {
        level: 'error',
        message: 'the table has no stream: its changes have no effect until the next hour',
        fix: 'turn its stream on, with new and old images, and deploy',
      });
    }
    return finding(
      'table',
      name,
      follower === undefined ? 'the table is there' : 'the table is there, with a stream',
    );
  });
