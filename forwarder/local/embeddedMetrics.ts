import { Ajv } from 'ajv';

/** A line of a function's log that carries metrics in the embedded metric format (EMF). */
interface EmbeddedMetrics {
  readonly _aws: {
    /** Epoch milliseconds. */
    readonly Timestamp: number;
    readonly CloudWatchMetrics: readonly {
      readonly Namespace: string;
      readonly Dimensions: readonly (readonly string[])[];
      readonly Metrics: readonly { readonly Name: string }[];
    }[];
  };
}

/** A metric as CloudWatch makes it from a line: one for each set of dimensions. */
export interface EmbeddedMetric {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: readonly { readonly Name: string; readonly Value: string }[];
  /** Epoch milliseconds. */
  readonly at: number;
}

/**
 * The metrics that CloudWatch makes of a line, and those alone: none of a line that its schema does not take, without a
 * word. `fault` is for whoever tests the line.
 */
export function embeddedMetrics(line: string): {
  readonly metrics: readonly EmbeddedMetric[];
  readonly fault?: string;
} {
  const document = parse(line);
  if (!isEmbedded(document)) {
    return { metrics: [], fault: ajv.errorsText(isEmbedded.errors, { dataVar: 'line' }) };
  }
  const memberOf = (name: string) =>
    String(Object.entries(document).find(([key]) => key === name)?.[1] ?? '');
  const { Timestamp: at, CloudWatchMetrics } = document._aws;
  const metrics = CloudWatchMetrics.flatMap(({ Namespace: namespace, Dimensions, Metrics }) =>
    Dimensions.flatMap((set) => {
      const dimensions = set.map((Name) => ({ Name, Value: memberOf(Name) }));
      return Metrics.map(({ Name: name }) => ({ namespace, name, dimensions, at }));
    }),
  );
  return { metrics };
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

const name = { type: 'string', minLength: 1, maxLength: 1_024 } as const;
const rates =
  'Bytes Kilobytes Megabytes Gigabytes Terabytes Bits Kilobits Megabits Gigabits Terabits Count'.split(' ');

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html */
const schema = {
  type: 'object',
  required: ['_aws'],
  properties: {
    _aws: {
      type: 'object',
      required: ['Timestamp', 'CloudWatchMetrics'],
      properties: {
        Timestamp: { type: 'integer' },
        CloudWatchMetrics: {
          type: 'array',
          items: {
            type: 'object',
            required: ['Namespace', 'Dimensions', 'Metrics'],
            properties: {
              Namespace: name,
              Dimensions: {
                type: 'array',
                minItems: 1,
                items: { type: 'array', maxItems: 30, items: { ...name, maxLength: 250 } },
              },
              Metrics: {
                type: 'array',
                items: {
                  type: 'object',
                  required: ['Name'],
                  properties: {
                    Name: name,
                    Unit: {
                      enum: [
                        ...['Seconds', 'Microseconds', 'Milliseconds', 'Percent', 'None'],
                        ...rates.flatMap((unit) => [unit, `${unit}/Second`]),
                      ],
                    },
                    StorageResolution: { type: 'integer' },
                  },
                },
              },
            },
          },
        },
      },
    },
  },
} as const;

const ajv = new Ajv();
const isEmbedded = ajv.compile<EmbeddedMetrics>(schema);
