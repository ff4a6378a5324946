import { describe, expect, it } from 'vitest';
import { dollarsOf, monthOf, type Usage, type Work } from './month.ts';

const nothing: Work = {
  tableWrites: 0,
  tableReads: 0,
  puts: 0,
  gets: 0,
  invocations: 0,
  gigabyteSeconds: 0,
  logBytes: 0,
};
const idle: Usage = {
  perMail: nothing,
  perRetry: nothing,
  perBuild: nothing,
  perLook: nothing,
  alarmMetrics: 10,
  dashboards: 1,
  metrics: [],
};

function lineOf(name: string, mails: number, usage: Usage, isFree?: boolean): number {
  return monthOf(mails, usage, isFree).find((line) => line.name === name)?.dollars ?? Number.NaN;
}

describe('a month', () => {
  it('is nothing where nothing happens, within what is free', () => {
    expect(dollarsOf(monthOf(0, idle))).toBe(0);
  });

  it.each<[string, string, number, Partial<Usage>, number]>([
    ['a mail in and out', 'SES', 1_000, {}, 0.2],
    ['four writes of a mail', 'DynamoDB', 1_000_000, { perMail: { ...nothing, tableWrites: 4 } }, 2.5],
    ['30 looks at a mail', 'DynamoDB', 1_000_000, { perLook: { ...nothing, tableReads: 1 } }, 3.75],
    ['a list in each of 8,640 runs', 'S3', 0, { perRetry: { ...nothing, puts: 1 } }, 0.0432],
    ['720 builds', 'DynamoDB', 0, { perBuild: { ...nothing, tableReads: 1_000 } }, 0.09],
    ['a million free invocations', 'Lambda', 1_000_000, { perMail: { ...nothing, invocations: 1 } }, 0],
    ['a second million', 'Lambda', 2_000_000, { perMail: { ...nothing, invocations: 1 } }, 0.2],
    ['ten metrics of alarms', 'alarms', 0, {}, 0],
    ['an eleventh', 'alarms', 0, { alarmMetrics: 11 }, 0.1],
    ['three dashboards', 'dashboard', 0, { dashboards: 3 }, 0],
    ['a fourth', 'dashboard', 0, { dashboards: 4 }, 3],
    ['ten metrics that are always written', 'metrics', 0, { metrics: Array(10).fill(0) }, 0],
    ['twelve of them', 'metrics', 0, { metrics: Array(12).fill(0) }, 0.6],
    ['twelve that no mail adds to', 'metrics', 0, { metrics: Array(12).fill(1) }, 0],
    ['twelve that each of many mails adds to', 'metrics', 1_000_000, { metrics: Array(12).fill(1) }, 0.6],
  ])('counts %s', (_, name, mails, usage, expected) => {
    expect(lineOf(name, mails, { ...idle, ...usage })).toBeCloseTo(expected, 3);
  });

  it('without what is free counts from the first', () => {
    expect(lineOf('alarms', 0, idle, false)).toBeCloseTo(1);
    expect(lineOf('dashboard', 0, idle, false)).toBe(3);
  });

  it('lists further pages where the bucket holds more than a thousand mails', () => {
    const less = lineOf('S3', 4_000, idle);
    const more = lineOf('S3', 8_000, idle);
    expect(more - 2 * less).toBeCloseTo(8_640 * 0.000005);
  });
});
