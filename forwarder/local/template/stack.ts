import { evaluate, holds, type Scope } from './intrinsics.ts';
import { attributeOf, nameProperty, type Place, refOf } from './resourceNames.ts';

/** A resource of the template with every reference replaced by a local name or ARN. */
interface Resource<Properties = unknown> {
  readonly logicalId: string;
  /** The name that `Ref` and ARNs are made of. */
  readonly name: string;
  readonly properties: Properties;
}

export interface Stack {
  readonly place: Place;
  /** The resources of one type, in the template's order. The type parameter says which of its properties are read. */
  ofType<Properties>(type: string): readonly Resource<Properties>[];
}

interface Template {
  readonly Parameters?: Readonly<Record<string, { readonly Default?: unknown }>>;
  readonly Conditions?: Readonly<Record<string, unknown>>;
  readonly Mappings?: Readonly<Record<string, unknown>>;
  readonly Resources: Readonly<Record<string, TemplateResource>>;
}

interface TemplateResource {
  readonly Type: string;
  readonly Condition?: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
}

/** Reads a CloudFormation template as the stack it would make in `place`, parameters at their defaults. */
export function readStack(template: Template, place: Place): Stack {
  const scope = scopeOf(template, place);
  const wanted = Object.entries(template.Resources).filter(([, resource]) => exists(resource, scope));
  return {
    place,
    ofType: <Properties>(type: string) =>
      wanted
        .filter(([, resource]) => resource.Type === type)
        .map(([logicalId, resource]) => ({
          logicalId,
          name: nameOf(logicalId, resource, scope),
          properties: evaluate(resource.Properties ?? {}, scope) as Properties,
        })),
  };
}

function scopeOf(template: Template, place: Place): Scope {
  const pseudo: Readonly<Record<string, string>> = {
    'AWS::Region': place.region,
    'AWS::AccountId': place.account,
    'AWS::Partition': 'aws',
    'AWS::URLSuffix': 'amazonaws.com',
    'AWS::StackName': place.stackName,
    'AWS::StackId': `arn:aws:cloudformation:${place.region}:${place.account}:stack/${place.stackName}/local`,
  };
  const resource = (logicalId: string): TemplateResource => {
    const found = template.Resources[logicalId];
    if (found) return found;
    throw new Error(`the template refers to ${logicalId}, which it does not have`);
  };
  const scope: Scope = {
    ref: (name) => {
      const parameter = template.Parameters?.[name];
      if (pseudo[name] !== undefined) return pseudo[name];
      if (parameter) return parameter.Default ?? '';
      return refOf(resource(name).Type, place, nameOf(name, resource(name), scope));
    },
    attribute: (name, attribute) =>
      attributeOf(resource(name).Type, attribute, place, nameOf(name, resource(name), scope)),
    condition: (name) => holds(template.Conditions?.[name], scope),
    mapping: (map, first, second) => {
      const rows = template.Mappings?.[map] as Record<string, Record<string, unknown>> | undefined;
      return rows?.[first]?.[second];
    },
  };
  return scope;
}

function exists(resource: TemplateResource, scope: Scope): boolean {
  return resource.Condition === undefined || scope.condition(resource.Condition);
}

function nameOf(logicalId: string, resource: TemplateResource, scope: Scope): string {
  const path = nameProperty(resource.Type) ?? [];
  const named = path.reduce<unknown>(
    (value, key) => (value as Record<string, unknown> | undefined)?.[key],
    path.length > 0 ? resource.Properties : undefined,
  );
  const name = named === undefined ? undefined : evaluate(named, scope);
  if (typeof name === 'string') return name;
  // Buckets have no capitals.
  return resource.Type === 'AWS::S3::Bucket' ? logicalId.toLowerCase() : logicalId;
}
