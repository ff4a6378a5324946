import { aliasFiles } from '../files/repository.ts';
import { say } from '../messages/message.ts';
import { replaced } from '../text/correction.ts';
import { spanOf } from '../text/source.ts';
import type { Rule } from './rule.ts';

export const date: Rule = {
  code: 'date',
  summary: 'A date is a real one, written as year-month-day.',
  *find(repository) {
    for (const { texts } of aliasFiles(repository).flatMap((file) => file.aliases)) {
      const expires = texts.get('expires');
      if (expires === undefined || isDate(expires.text)) continue;
      const meant = meantDate(expires.text);
      const form = /^\d{4}-\d{2}-\d{2}$/.test(expires.text);
      yield {
        code: 'date',
        severity: 'error',
        message: form
          ? say('`{date}` is not a date in the calendar.', { date: expires.text })
          : say('`{date}` is not a date in the form year-month-day.', { date: expires.text }),
        help:
          meant === undefined
            ? say('write a date such as `2027-06-30`')
            : say('write `{text}`', { text: meant }),
        // A date that is past would be a mistake of its own.
        ...(meant !== undefined && meant > repository.options.today && replaced(expires, meant)),
        ...spanOf(expires),
      };
    }
  },
};

/** A day written in another form, where it can mean only one. */
function meantDate(text: string): string | undefined {
  const [, year, month = '', day = ''] = /^(\d{4})[-./](\d{1,2})[-./](\d{1,2})$/.exec(text) ?? [];
  const [, dayFirst = '', monthSecond = '', yearLast] =
    /^(\d{1,2})\. ?(\d{1,2})\. ?(\d{4})$/.exec(text) ?? [];
  const parts = year === undefined ? [yearLast, monthSecond, dayFirst] : [year, month, day];
  const meant = parts.map((part) => part?.padStart(2, '0')).join('-');
  return isDate(meant) ? meant : undefined;
}

/** `YYYY-MM-DD`, and a day of the calendar. */
export function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}
