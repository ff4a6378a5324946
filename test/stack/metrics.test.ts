import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { forwarderFolder } from '../packaged.ts';
import { awsMetrics } from './awsMetrics.ts';
import { readTemplate, walk } from './template.ts';
import { templateWith } from './templateWith.ts';

const templates = [readTemplate(), templateWith('alarms: all')];

/** Every metric that an alarm or a widget looks at, as `namespace/name`. */
function watched(): Set<string> {
  const found = new Set<string>();
  for (const [, value] of walk(templates.map(({ Resources }) => Resources))) {
    const { Namespace, MetricName } = (value ?? {}) as { Namespace?: string; MetricName?: string };
    if (Namespace !== undefined && MetricName !== undefined) found.add(`${Namespace}/${MetricName}`);
  }
  const body = templates[0]?.Resources.Dashboard?.Properties?.DashboardBody as { readonly 'Fn::Sub': string };
  const { widgets } = JSON.parse(body['Fn::Sub']) as { widgets: { properties: { metrics?: string[][] } }[] };
  for (const [namespace, name] of widgets.flatMap(({ properties }) => properties.metrics ?? [])) {
    found.add(`${namespace}/${name}`);
  }
  return found;
}

/** What the code can emit: every `count('…')`, also with a template literal, every gauge, and the latency. */
function emitted(): (name: string) => boolean {
  const source = sources(join(forwarderFolder, 'src')).join('\n');
  const names = [...source.matchAll(/\b(?:count|gauge)\(\s*['`]([^'`]+)['`]/g)].map(([, name = '']) => name);
  const patterns = names.map((name) => new RegExp(`^${name.replace(/\$\{[^}]+\}/g, '[a-z]+')}$`));
  const latency = /addMetric\('(latency)'/.test(source);
  return (name) => (name === 'latency' ? latency : patterns.some((pattern) => pattern.test(name)));
}

function sources(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(
      (name) => /^(?:functions|delivery|routing|build|aws)\/.*\.ts$/.test(name) && !name.endsWith('.test.ts'),
    )
    .map((name) => readFileSync(join(folder, name), 'utf8'));
}

describe('the metrics that alarms and widgets look at', () => {
  const isEmitted = emitted();

  it.each([...watched()].filter((metric) => metric.startsWith('SES-Forward/')))('%s is emitted', (metric) => {
    expect(isEmitted(metric.slice('SES-Forward/'.length))).toBe(true);
  });

  it.each([...watched()].filter((metric) => !metric.startsWith('SES-Forward/')))(
    "%s is AWS's own",
    (metric) => {
      expect(Object.keys(awsMetrics)).toContain(metric);
    },
  );
});
