import { aliasFiles } from '../repository.ts';
import { spanOf } from '../source.ts';
import type { Rule } from './rule.ts';

export const date: Rule = {
  code: 'date',
  summary: 'A date is a day that exists, as year-month-day.',
  *find(repository) {
    for (const { expires } of aliasFiles(repository).flatMap((file) => file.aliases)) {
      if (expires === undefined || isDate(expires.text)) continue;
      const form = /^\d{4}-\d{2}-\d{2}$/.test(expires.text);
      yield {
        code: 'date',
        severity: 'error',
        message: form
          ? `\`${expires.text}\` is a day that does not exist.`
          : `\`${expires.text}\` is not a date; a date is written as year, month and day.`,
        help: 'write it as in `2027-06-30`',
        ...spanOf(expires),
      };
    }
  },
};

/** `YYYY-MM-DD`, and a day of the calendar. */
export function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}
