import { type Check, type Finding, finding } from '../finding.ts';

/** The streams invoke our functions, and nobody else's: two deployments on the same tables undo each other's rows. */
export const followers: Check = ({ tables }) =>
  tables.flatMap(({ name, follower, hasStream, followers: found }) => {
    if (follower === undefined || !hasStream) return [];
    const ours = found.some(({ functionName }) => functionName === follower);
    return [
      finding(
        'event-source',
        name,
        `its changes invoke ${follower}`,
        ours
          ? undefined
          : {
              level: 'error',
              message: `its stream does not invoke ${follower}: changes have no effect until the next hour`,
              fix: 'npm run deploy',
            },
      ),
      ...found
        .filter(({ functionName }) => functionName !== follower)
        .map(({ functionName, id }): Finding => other(name, functionName, id)),
    ];
  });

function other(table: string, functionName: string, id: string): Finding {
  return finding('other-deployment', table, '', {
    level: 'error',
    message: `its stream invokes ${functionName} too: another deployment is at work on the same rows`,
    fix: `aws lambda update-event-source-mapping --no-enabled --uuid ${id}`,
  });
}
