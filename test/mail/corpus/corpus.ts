import { calendars } from './calendars.ts';
import { charsets } from './charsets.ts';
import { compose } from './compose.ts';
import { defects } from './defects.ts';
import { lists } from './lists.ts';
import { machines } from './machines.ts';
import { mailers } from './mailers.ts';
import { occasions } from './occasions.ts';
import { reports } from './reports.ts';
import type { Sample } from './sample.ts';

/** All mails that were written for the tests. */
export function corpus(): Sample[] {
  return [...composed(), ...reports, ...lists, ...machines, ...calendars, ...charsets, ...defects];
}

/** What each program makes of each occasion. */
function composed(): Sample[] {
  return mailers.flatMap((mailer) =>
    occasions.map((occasion, index) => ({
      family: mailer.name,
      name: occasion.name,
      bytes: compose(mailer, occasion, index + 1),
    })),
  );
}
