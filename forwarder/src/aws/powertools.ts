import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import type { Telemetry } from '../delivery/telemetry.ts';

/** A telemetry whose counts leave when a handler ends, and its gauges at once: they are there even if it is killed. */
export interface Published extends Telemetry {
  /** Runs a handler and publishes what it counted, also when it throws. */
  publishing<T>(work: () => Promise<T>): Promise<T>;
}

/** The empty set of dimensions is one. Without a set, CloudWatch takes the line for no metrics at all. */
const noDimensions = {};

/** Metrics as EMF log lines in the reference's namespace, without dimensions, and JSON log lines. */
export function telemetry(serviceName: string): Published {
  const logger = new Logger({ serviceName });
  const metrics = new Metrics({ namespace: 'SES-Forward', serviceName });
  // With a dimension there would be one metric per function, billed apart and missing from the reference's dashboards.
  metrics.clearDefaultDimensions();
  return {
    count: (metric, value = 1) => {
      if (value > 0) metrics.addMetric(metric, MetricUnit.Count, value);
    },
    gauge(gauge, value) {
      const single = metrics.singleMetric();
      single.clearDefaultDimensions();
      single.addDimensions(noDimensions);
      single.addMetric(gauge, gauge === 'queue-age' ? MetricUnit.Seconds : MetricUnit.Count, value);
    },
    latency: (time) => metrics.addMetric('latency', MetricUnit.Milliseconds, time),
    say: (message, fields) => logger.info(message, { ...fields }),
    alarm: (message, fields) => logger.error(message, { ...fields }),
    async publishing(work) {
      try {
        return await work();
      } finally {
        if (metrics.hasStoredMetrics()) metrics.addDimensions(noDimensions).publishStoredMetrics();
      }
    },
  };
}
