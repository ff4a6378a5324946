import { type Template, walk } from './template.ts';

export interface Reference {
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
