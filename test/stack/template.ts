import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Resource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
  readonly DependsOn?: string | readonly string[];
  readonly DeletionPolicy?: string;
}

export interface Template {
  readonly Resources: Readonly<Record<string, Resource>>;
  readonly Outputs?: Readonly<Record<string, { readonly Value: unknown }>>;
}

export const forwarderFolder = join(import.meta.dirname, '../../forwarder');

/** The template that `npm run package` wrote; `folder` is where osls was told to write. */
export function readTemplate(folder = join(forwarderFolder, '.serverless')): Template {
  const file = join(folder, 'cloudformation-template-update-stack.json');
  return JSON.parse(readFileSync(file, 'utf8')) as Template;
}

/** The resources of one type, by logical id. */
export function resourcesOf(template: Template, type: string): [string, Resource][] {
  return Object.entries(template.Resources).filter(([, resource]) => resource.Type === type);
}

/** Every value inside a value, itself included, with the path that leads to it. */
export function* walk(value: unknown, path: readonly string[] = []): Generator<[readonly string[], unknown]> {
  yield [path, value];
  if (value === null || typeof value !== 'object') return;
  for (const [key, inner] of Object.entries(value)) yield* walk(inner, [...path, key]);
}

/** A value with its `Fn::Sub`, `Ref` and `Fn::GetAtt` written out, readable in a test: pseudo parameters stay. */
export function plain(value: unknown): string {
  if (typeof value === 'string') return value;
  const of = value as { 'Fn::Sub'?: string; Ref?: string; 'Fn::GetAtt'?: readonly string[] };
  if (of['Fn::Sub'] !== undefined) return of['Fn::Sub'];
  if (of.Ref !== undefined) return `\${${of.Ref}}`;
  if (of['Fn::GetAtt'] !== undefined) return `\${${of['Fn::GetAtt'].join('.')}}`;
  return JSON.stringify(value);
}
