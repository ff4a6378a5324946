import { type Check, finding } from '../finding.ts';

/** As for the alarm: back-off reaches four hours, so that older mail has failed again and again. */
const longWait = 4 * 3_600;

/** Nothing waits for hours. */
export const queue: Check = ({ queue: found, names }) => {
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
            fix: 'npm run forwarder -- queue says why',
          },
    ),
  ];
};
