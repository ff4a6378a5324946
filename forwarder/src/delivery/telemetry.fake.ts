import type { Telemetry } from './telemetry.ts';

export interface FakeTelemetry extends Telemetry {
  readonly counts: ReadonlyMap<string, number>;
  readonly lines: readonly string[];
}

/** Remembers what was counted and said. */
export function fakeTelemetry(): FakeTelemetry {
  const counts = new Map<string, number>();
  const lines: string[] = [];
  const add = (name: string, value: number) => void counts.set(name, (counts.get(name) ?? 0) + value);
  const say = (message: string, fields: object) => void lines.push(`${message} ${JSON.stringify(fields)}`);
  return {
    counts,
    lines,
    count: (metric, value = 1) => add(metric, value),
    gauge: (gauge, value) => void counts.set(gauge, value),
    latency: (time) => add('latency', time),
    say,
    alarm: say,
  };
}
