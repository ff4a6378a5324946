import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { telemetry } from '../src/aws/powertools.ts';
import { embeddedMetrics } from './embeddedMetrics.ts';

/** What a function writes when its work has counted and measured. */
async function published(work: (told: ReturnType<typeof telemetry>) => void): Promise<string[]> {
  // By the console, which can be heard, and published all the same.
  vi.stubEnv('POWERTOOLS_DEV', 'true');
  vi.stubEnv('POWERTOOLS_METRICS_DISABLED', 'false');
  const log = vi.spyOn(console, 'log').mockImplementation(() => {});
  onTestFinished(() => {
    log.mockRestore();
    vi.unstubAllEnvs();
  });
  const told = telemetry('test');
  await told.publishing(async () => work(told));
  await told.publishing(async () => work(told));
  return log.mock.calls.map(([line]) => String(line));
}

it('takes what the functions publish, time after time, each metric without dimensions', async () => {
  const lines = await published((told) => {
    told.count('pass');
    told.gauge('queue-depth', 0);
    told.gauge('queue-age', 7);
  });
  const read = lines.map(embeddedMetrics);
  expect(read.filter(({ fault }) => fault !== undefined)).toEqual([]);
  const found = read.flatMap(({ metrics }) => metrics);
  const once = [
    ['SES-Forward', 'queue-depth', []],
    ['SES-Forward', 'queue-age', []],
    ['SES-Forward', 'pass', []],
  ];
  expect(found.map(({ namespace, name, dimensions }) => [namespace, name, dimensions])).toEqual([
    ...once,
    ...once,
  ]);
});

it('publishes nothing where nothing was counted', async () => {
  expect(await published((told) => told.count('pass', 0))).toEqual([]);
});

describe('CloudWatch makes no metric of', () => {
  const directive = {
    Namespace: 'SES-Forward',
    Dimensions: [[]],
    Metrics: [{ Name: 'pass', Unit: 'Count' }],
  };
  const line = (changed: object) =>
    JSON.stringify({
      _aws: { Timestamp: 1, CloudWatchMetrics: [{ ...directive, ...changed }] },
      pass: 1,
    });

  it('(what it takes)', () => {
    expect(embeddedMetrics(line({})).metrics).toEqual([
      { namespace: 'SES-Forward', name: 'pass', dimensions: [], at: 1 },
    ]);
  });

  it.each([
    ['a directive without a set of dimensions', line({ Dimensions: [] })],
    ['a directive without `Dimensions`', line({ Dimensions: undefined })],
    ['a unit that it does not know', line({ Metrics: [{ Name: 'pass', Unit: 'Mails' }] })],
    ['a metric without a name', line({ Metrics: [{ Name: '' }] })],
    ['a message that is logged', '{"level":"INFO","message":"built"}'],
    ['what is no JSON', 'built'],
  ])('%s', (_, text) => {
    expect(embeddedMetrics(text)).toEqual({ metrics: [], fault: expect.any(String) });
  });
});

it('makes a metric for each set of dimensions, with their values', () => {
  const document = {
    _aws: {
      Timestamp: 2,
      CloudWatchMetrics: [{ Namespace: 'n', Dimensions: [['f'], []], Metrics: [{ Name: 'm' }] }],
    },
    f: 'process',
    m: 1,
  };
  expect(embeddedMetrics(JSON.stringify(document)).metrics.map(({ dimensions }) => dimensions)).toEqual([
    [{ Name: 'f', Value: 'process' }],
    [],
  ]);
});
