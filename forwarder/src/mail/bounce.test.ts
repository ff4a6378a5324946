import { describe, expect, it } from 'vitest';
import { milliseconds } from '../../../schema/src/text/time.ts';
import { bounceReport } from './bounce.ts';

describe('bounceReport', () => {
  it('names every envelope recipient once, with its status', () => {
    const report = bounceReport(
      [
        { recipient: 'nobody@example.com', cause: 'unknown' },
        { recipient: 'info@example.com', cause: 'expired' },
        { recipient: 'nobody@example.com', cause: 'unknown' },
      ],
      milliseconds(0),
      'en',
    );
    expect(report.recipients.map(({ recipient, status }) => [recipient, status])).toEqual([
      ['nobody@example.com', '5.1.1'],
      ['info@example.com', '4.4.7'],
    ]);
    expect(report.reportingMta).toBe('dns; example.com');
  });

  it('keeps a recipient on one line of ASCII', () => {
    const { explanation } = bounceReport(
      [{ recipient: 'a\r\nb\u00e9@example.com', cause: 'content' }],
      milliseconds(0),
      'en',
    );
    expect(explanation).toMatch(/^a\?\?b\?@example\.com: [ -~]+$/);
  });

  it('speaks to people in the language of the group and in English, to programs in English', () => {
    const refused = [
      { recipient: 'nobody@example.com', cause: 'unknown' },
      { recipient: 'info@example.com', cause: 'too-large' },
    ] as const;
    const report = bounceReport(refused, milliseconds(0), 'fr');
    expect(report.explanation).toBe(`nobody@example.com : cette adresse n’existe pas ici.
info@example.com : le message est trop volumineux pour être transféré. Envoyez-en un plus petit, ou un lien.

nobody@example.com: there is no such address here.
info@example.com: the mail is too large to be forwarded. Send a smaller one, or a link.`);
    expect(report.recipients).toEqual(bounceReport(refused, milliseconds(0), 'en').recipients);
  });
});
