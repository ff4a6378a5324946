import { type Check, finding } from '../finding.ts';

/** A sync that was cut short holds every later change up, and mail goes on as before it. */
export const gate: Check = ({ gate: found, names }) => {
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
            fix: 'npm run -s aliases -- sync, or run the workflow `sync` again',
          }
        : undefined,
    ),
  ];
};
