import { type Check, finding } from '../finding.ts';

/** Seconds. There is a build every hour, and one after every change: this long without one, two have failed. */
const longest = 2 * 3_600;

const fix = `the log of the function buildForwards says why; npm run -s aliases -- sync has it run again`;

/** The rows by which mail goes follow the definitions. */
export const build: Check = ({ buildAge, names }) => {
  if (buildAge === undefined) {
    return [
      finding('build', names.aliases, '', {
        level: 'error',
        message: 'the rows have never been built: no alias has a destination',
        fix: 'npm run -s aliases -- sync, or wait for the build of the hour',
      }),
    ];
  }
  const hours = Math.floor(buildAge / 3_600);
  return [
    finding(
      'build',
      names.aliases,
      `the rows were built ${Math.floor(buildAge / 60)} minutes ago`,
      buildAge <= longest
        ? undefined
        : {
            level: 'error',
            message: `the rows were last built ${hours} hours ago: what changed since has no effect`,
            fix,
          },
    ),
  ];
};
