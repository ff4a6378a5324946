import { type Check, type Finding, finding } from './findings.ts';

/** The tables are there, and what follows from a change is told by a stream. */
export const tables: Check = ({ tables: found, cures }) =>
  found.flatMap(({ name, exists, follower, hasStream, blindIndex }) => {
    if (!exists) {
      return finding('table', name, '', {
        level: 'error',
        message: 'the table is missing',
        fix: cures.deploy,
      });
    }
    if (follower !== undefined && !hasStream) {
      return finding('table', name, '', {
        level: 'error',
        message: 'the table has no stream: its changes have no effect until the next hour',
        fix: `aws dynamodb update-table --table-name ${name} --stream-specification StreamEnabled=true,StreamViewType=NEW_AND_OLD_IMAGES, then ${cures.deploy}`,
      });
    }
    const says = follower === undefined ? 'the table is there' : 'the table is there, with a stream';
    return [finding('table', name, says), ...(blindIndex === undefined ? [] : [blind(name, blindIndex)])];
  });

/** As in a table that another deployment made. */
function blind(table: string, index: string): Finding {
  return finding('index', table, '', {
    level: 'warning',
    message: `its index ${index} does not have \`bounces\`: a mailbox that may get mail again waits for the build of the hour`,
    fix: `leave \`aliases\` out of \`names\`, so that a table of its own is made; or delete the index, and make it again with all attributes`,
  });
}

/** The streams invoke our functions, and nobody else's: two deployments on the same tables undo each other's rows. */
export const followers: Check = ({ tables, cures }) =>
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
              fix: cures.deploy,
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

/** Seconds. There is a build every hour, and one after every change: after this long without one, two have failed. */
const longestWithoutBuild = 2 * 3_600;

/** The rows by which mail goes follow the definitions. */
export const build: Check = ({ buildAge, names, cures }) => {
  if (buildAge === undefined) {
    return [
      finding('build', names.aliases, '', {
        level: 'error',
        message: 'the rows have never been built: no alias has a destination',
        fix: `${cures.sync}, or wait for the build of the hour`,
      }),
    ];
  }
  const hours = Math.floor(buildAge / 3_600);
  return [
    finding(
      'build',
      names.aliases,
      `the rows were built ${Math.floor(buildAge / 60)} minutes ago`,
      buildAge <= longestWithoutBuild
        ? undefined
        : {
            level: 'error',
            message: `the rows were last built ${hours} hours ago: what changed since has no effect`,
            fix: `the log of the function buildForwards says why; ${cures.sync} has it run again`,
          },
    ),
  ];
};

/** A sync that was cut short holds every later change up, and mail goes on as before it. */
export const gate: Check = ({ gate: found, names, cures }) => {
  if (found === undefined) return [];
  const minutes = Math.floor(found.age / 60);
  return [
    finding(
      'gate',
      names.domains,
      `the last sync ended or began ${minutes} minutes ago`,
      found.isStale
        ? {
            level: 'error',
            message: `a sync began ${minutes} minutes ago and has not ended: no change to the aliases takes effect`,
            fix: `${cures.sync}, or run the workflow \`sync\` again`,
          }
        : undefined,
    ),
  ];
};

/** Seconds, as for the alarm: back-off reaches four hours, so older mail has failed again and again. */
const longWait = 4 * 3_600;

/** Nothing waits for hours. */
export const queue: Check = ({ queue: found, names, cures }) => {
  if (found === undefined) return [];
  const hours = Math.floor(found.age / 3_600);
  return [
    finding(
      'queue',
      names.deliveries,
      `${found.depth} deliveries wait`,
      found.age <= longWait
        ? undefined
        : {
            level: 'warning',
            message: `${found.depth} deliveries wait, the longest for ${hours} hours; at 20 it is given up`,
            fix: `${cures.queue} says why`,
          },
    ),
  ];
};

/** No mail waits because too many others bounced. */
export const brake: Check = ({ brake: rate, names, cures }) => {
  if (rate === undefined) return [];
  return [
    finding('brake', names.deliveries, '', {
      level: 'warning',
      message: `${(100 * rate).toFixed(1)} % of the latest mails bounced: mail to destinations that were never reached waits`,
      fix: `${cures.blocked} lists who bounces; ${cures.release} lets it go`,
    }),
  ];
};
