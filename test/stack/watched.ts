import { resourcesOf, type Template } from './template.ts';

interface Watching {
  readonly Namespace?: string;
  readonly MetricName?: string;
  readonly Metrics?: readonly { readonly MetricStat?: unknown }[];
}

/** How many metrics the alarms of a template look at: CloudWatch charges for each of them, in each alarm. */
export function watchedMetrics(template: Template): number {
  return resourcesOf(template, 'AWS::CloudWatch::Alarm').reduce((sum, [, { Properties }]) => {
    const { Metrics } = (Properties ?? {}) as Watching;
    return sum + (Metrics?.filter(({ MetricStat }) => MetricStat !== undefined).length ?? 1);
  }, 0);
}
