import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packagedFolder } from '../packaged.ts';

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

/** The packaged template of a folder, of the run's if left out. */
export function readTemplate(folder = packagedFolder): Template {
  const file = join(folder, '.serverless/cloudformation-template-update-stack.json');
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

interface Reference {
  /** The resource that refers. */
  readonly from: string;
  /** The resource it refers to, or a pseudo parameter. */
  readonly to: string;
  readonly attribute?: string;
}

/** Every `Ref`, `Fn::GetAtt`, `${…}` of an `Fn::Sub` and `DependsOn` of a template. Pseudo parameters are left out. */
export function referencesOf(template: Template): Reference[] {
  return Object.entries(template.Resources)
    .flatMap(([from, resource]) => [
      ...[resource.DependsOn ?? []].flat().map((to) => ({ from, to })),
      ...[...walk(resource.Properties)].flatMap(([path, value]) => at(path.at(-1) ?? '', value, from)),
    ])
    .filter(({ to }) => !to.startsWith('AWS::'));
}

function at(key: string, value: unknown, from: string): Reference[] {
  if (key === 'Ref' && typeof value === 'string') return [{ from, to: value }];
  if (key === 'Fn::GetAtt') {
    const [to = '', ...attribute] = Array.isArray(value) ? (value as string[]) : String(value).split('.');
    return [{ from, to, attribute: attribute.join('.') }];
  }
  if (key === 'Fn::Sub' && typeof value === 'string') {
    return [...value.matchAll(/\$\{([^}!]+)\}/g)].map(([, name = '']) => {
      const [to = '', ...attribute] = name.split('.');
      return attribute.length === 0 ? { from, to } : { from, to, attribute: attribute.join('.') };
    });
  }
  return [];
}

/** The resources that wait for each other, so that CloudFormation could make none; empty as it should be. */
export function cycle(references: readonly Reference[]): string[] {
  const waiting = new Map<string, Set<string>>();
  for (const { from, to } of references) waiting.set(from, (waiting.get(from) ?? new Set()).add(to));
  for (let before = -1; waiting.size !== before; ) {
    before = waiting.size;
    for (const [id, needs] of waiting) {
      if ([...needs].every((need) => !waiting.has(need))) waiting.delete(id);
    }
  }
  return [...waiting.keys()].sort();
}
