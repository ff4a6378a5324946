export type Resources = Readonly<Record<string, unknown>>;

export interface TemplateChange {
  readonly kind: 'create' | 'update' | 'delete';
  readonly id: string;
  readonly type: string;
}

/** What a deploy would make, change and remove: resource by resource, in any order of what they hold. */
export function templateDiff(deployed: Resources, packaged: Resources): TemplateChange[] {
  const ids = [...new Set([...Object.keys(deployed), ...Object.keys(packaged)])].sort();
  return ids.flatMap((id): TemplateChange[] => {
    const before = deployed[id];
    const after = packaged[id];
    const type = (after ?? before) as { readonly Type?: string };
    const change = { id, type: type.Type ?? '' };
    if (before === undefined) return [{ kind: 'create', ...change }];
    if (after === undefined) return [{ kind: 'delete', ...change }];
    return canonical(before) === canonical(after) ? [] : [{ kind: 'update', ...change }];
  });
}

function canonical(resource: unknown): string {
  return JSON.stringify(resource, (_, value: unknown) => {
    if (value === null || typeof value !== 'object' || Array.isArray(value)) return value;
    return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}
