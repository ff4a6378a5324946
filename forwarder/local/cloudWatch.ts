import { type EmbeddedMetric, embeddedMetrics } from './embeddedMetrics.ts';
import type { Request, Response } from './servers/httpServer.ts';

/** CloudWatch, as much of it as is made of the functions' logs: which metrics have come, not their values. */
export interface CloudWatch {
  /** Makes metrics of a line of a log, if it carries any. */
  take(line: string): void;
  metrics(): readonly EmbeddedMetric[];
  /** As in an account in which no metric has arrived. */
  forget(): void;
}

export function startCloudWatch(): CloudWatch {
  const latest = new Map<string, EmbeddedMetric>();
  return {
    take: (line) => {
      for (const metric of embeddedMetrics(line).metrics) {
        const { namespace, name, dimensions } = metric;
        latest.set(JSON.stringify([namespace, name, dimensions]), metric);
      }
    },
    metrics: () => [...latest.values()],
    forget: () => latest.clear(),
  };
}

interface ListMetrics {
  readonly Namespace?: string;
  readonly MetricName?: string;
  readonly RecentlyActive?: 'PT3H';
}

/** ListMetrics: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_ListMetrics.html. */
export function answerCloudWatch(cloudWatch: CloudWatch, { headers, body }: Request): Response {
  const [, operation] = String(headers['x-amz-target']).split('.');
  const json = { 'content-type': 'application/x-amz-json-1.0' };
  if (operation !== 'ListMetrics') {
    return { status: 400, headers: json, body: JSON.stringify({ __type: 'InvalidAction' }) };
  }
  const wanted = JSON.parse(body.toString()) as ListMetrics;
  const since = wanted.RecentlyActive === undefined ? 0 : Date.now() - 3 * 3_600_000;
  const Metrics = cloudWatch
    .metrics()
    .filter(
      ({ namespace, name, at }) =>
        namespace === (wanted.Namespace ?? namespace) && name === (wanted.MetricName ?? name) && at >= since,
    )
    .map(({ namespace, name, dimensions }) => ({
      Namespace: namespace,
      MetricName: name,
      Dimensions: dimensions,
    }));
  return { status: 200, headers: json, body: JSON.stringify({ Metrics }) };
}
