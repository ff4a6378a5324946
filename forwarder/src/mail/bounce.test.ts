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
    );
    expect(explanation).toMatch(/^a\?\?b\?@example\.com: [ -~]+$/);
  });
});
