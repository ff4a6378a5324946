import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import { LineCounter, parseDocument } from 'yaml';
import schema from '../../stages/stage.schema.json' with { type: 'json' };

/** The settings of a stage, as its file and `stages/stage.schema.json` say. */
export interface Settings {
  readonly region: string;
  readonly senderLocalPart: string;
  readonly bounceSender: string;
  readonly alarmAddress: string;
  /** Empty for every verified domain. */
  readonly recipients: readonly string[];
  readonly tlsPolicy: 'Optional' | 'Require';
  readonly configurationSet?: string;
  readonly limits: { readonly bounces: number; readonly softBounces: number; readonly bounceRate: number };
  readonly logRetentionDays: number;
  readonly names?: {
    readonly definitions?: string;
    readonly domains?: string;
    readonly aliases?: string;
    readonly bounces?: string;
    readonly deliveries?: string;
    readonly bucket?: string;
    readonly bounceTopic?: string;
    readonly complaintTopic?: string;
    readonly ruleSet?: string;
  };
  readonly github: {
    readonly owner: string;
    readonly repository: string;
    readonly ownerId: number;
    readonly repositoryId: number;
  };
}

export type ReadSettings =
  | { readonly settings: Settings; readonly faults?: never }
  /** Each `file:line:column: what is wrong`, in the order of the file. */
  | { readonly settings?: never; readonly faults: readonly string[] };

// Schemas have `minimum` beside `type: integer`, `examples` and texts: all known to the draft, none to strict mode.
const validate = new Ajv2020({ allErrors: true, verbose: true, strict: false }).compile<Settings>(schema);

/** Reads a stage's settings and finds everything that is wrong with them at once. `file` is shown in the faults. */
export function readSettings(text: string, file: string): ReadSettings {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const place = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return `${file}:${line}:${col}`;
  };
  if (document.errors.length > 0) {
    return { faults: document.errors.map(({ pos, message }) => `${place(pos[0])}: ${message}`) };
  }
  const value: unknown = document.toJS();
  if (validate(value)) return { settings: value };
  const faults = (validate.errors ?? []).map((error) => ({
    offset: offsetOf(document, error),
    message: explain(error, value),
  }));
  const inOrder = faults.toSorted((a, b) => a.offset - b.offset);
  return { faults: inOrder.map(({ offset, message }) => `${place(offset)}: ${message}`) };
}

type Document = ReturnType<typeof parseDocument>;

function pathOf({ instancePath }: ErrorObject): string[] {
  return instancePath
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** An unknown key is shown where it stands, everything else where its value begins. */
function offsetOf(document: Document, error: ErrorObject): number {
  const path = pathOf(error);
  if (error.keyword === 'additionalProperties') {
    const map = path.length === 0 ? document.contents : document.getIn(path, true);
    const items = (map as { readonly items?: readonly Pair[] } | null)?.items ?? [];
    const pair = items.find(({ key }) => key?.value === error.params.additionalProperty);
    return pair?.key?.range?.[0] ?? 0;
  }
  const node = (path.length === 0 ? document.contents : document.getIn(path, true)) as Node | undefined;
  return node?.range?.[0] ?? 0;
}

interface Node {
  readonly range?: readonly [number, number, number];
}

interface Pair {
  readonly key?: Node & { readonly value?: unknown };
}

function explain(error: ErrorObject, value: unknown): string {
  const path = pathOf(error);
  const name = path.length === 0 ? 'the file' : `\`${path.join('.')}\``;
  const given = path.reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], value);
  const shown = given === undefined ? '' : `, not ${JSON.stringify(given)}`;
  switch (error.keyword) {
    case 'required':
      return `${name} lacks \`${error.params.missingProperty}\``;
    case 'additionalProperties':
      return `${name} has the unknown setting \`${error.params.additionalProperty}\``;
    case 'enum':
      return `${name} is to be one of ${error.params.allowedValues.join(', ')}${shown}`;
    case 'pattern':
      return `${name} is to look like ${error.parentSchema?.examples?.[0]}${shown}`;
    case 'type':
      return `${name} is to be ${kinds[String(error.params.type)] ?? error.params.type}${shown}`;
    default:
      return `${name} ${error.message ?? 'is wrong'}${shown}`;
  }
}

const kinds: Readonly<Record<string, string>> = {
  object: 'a map of settings',
  array: 'a list',
  string: 'text',
  integer: 'a whole number',
  number: 'a number',
};
