import { describe, expect, it } from 'vitest';
import { joinAddress } from '../../../schema/src/address.ts';
import { headroom, openMessage } from './message.ts';
import { rewrite } from './rewrite.ts';

const identity = { alias: joinAddress('info', 'example.com'), senderLocalPart: 'forwarder-daemon' };
/** Microseconds of processor time, whatever else the machine does. Anything quadratic takes minutes. */
const timeLimit = 2_000_000;
const megabyte = 1_048_576;
const units = [
  '<',
  '(',
  '"',
  ',',
  ';',
  ':',
  '[',
  '\\',
  '@',
  '.',
  'a',
  'é',
  '=?',
  '=?a?q?b?= ',
  'a,',
  '<a@b.example>,',
  ' ',
  '\r\n ',
];

describe('rewrite of a header of one megabyte', () => {
  const cases = units.flatMap((unit) =>
    ['From', 'To', 'Reply-To', 'Content-Type', 'Subject'].map((name) => [unit, name] as const),
  );

  it.each(cases)('takes linear time for %j in %s', (unit, name) => {
    const fill = unit.repeat(Math.ceil(megabyte / unit.length));
    const mail = Buffer.from(`${name}: ${fill}\r\n\r\nbody`);
    const buffer = Buffer.concat([Buffer.alloc(headroom), mail]);
    const start = process.cpuUsage();
    const output = rewrite(openMessage(buffer, headroom), identity);
    expect(process.cpuUsage(start).user).toBeLessThan(timeLimit);
    expect(output.toString('latin1', output.length - 8)).toBe('\r\n\r\nbody');
  });
});
