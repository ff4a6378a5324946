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

/** What the functions of a template can ask for. */
interface Scope {
  /** `Ref`: a pseudo parameter, a parameter or a resource. */
  ref(name: string): unknown;
  attribute(logicalId: string, attribute: string): string;
  condition(name: string): boolean;
  mapping(map: string, first: string, second: string): unknown;
}

/** Stands for `AWS::NoValue` until the property that holds it is left out. */
const absent = Symbol('AWS::NoValue');

/** Replaces every intrinsic function in a part of a template. Throws for one that the local system does not know. */
function evaluate(node: unknown, scope: Scope): unknown {
  const value = inner(node, scope);
  return value === absent ? undefined : value;
}

/** Whether a condition of the template's `Conditions` is true. */
function holds(condition: unknown, scope: Scope): boolean {
  const [name, argument] = soleEntry(condition) ?? [];
  const list = Array.isArray(argument) ? argument : [];
  if (name === 'Condition') return scope.condition(String(argument));
  if (name === 'Fn::Equals') return evaluate(list[0], scope) === evaluate(list[1], scope);
  if (name === 'Fn::Not') return !holds(list[0], scope);
  if (name === 'Fn::And') return list.every((each) => holds(each, scope));
  if (name === 'Fn::Or') return list.some((each) => holds(each, scope));
  throw new Error(`the local system does not know the condition ${JSON.stringify(condition)}`);
}

function inner(node: unknown, scope: Scope): unknown {
  if (Array.isArray(node)) return node.map((each) => inner(each, scope)).filter((each) => each !== absent);
  if (node === null || typeof node !== 'object') return node;
  const [name, argument] = soleEntry(node) ?? [];
  if (name === 'Ref') return argument === 'AWS::NoValue' ? absent : scope.ref(String(argument));
  if (name?.startsWith('Fn::')) return call(name, argument, scope);
  return Object.fromEntries(
    Object.entries(node)
      .map(([key, value]) => [key, inner(value, scope)] as const)
      .filter(([, value]) => value !== absent),
  );
}

function call(name: string, argument: unknown, scope: Scope): unknown {
  const list = Array.isArray(argument) ? argument : [];
  switch (name) {
    case 'Fn::GetAtt': {
      const [logicalId = '', ...attribute] = Array.isArray(argument) ? argument : String(argument).split('.');
      return scope.attribute(String(logicalId), attribute.join('.'));
    }
    case 'Fn::Join': {
      const parts = inner(list[1], scope);
      return Array.isArray(parts) ? parts.join(String(list[0])) : '';
    }
    case 'Fn::Sub':
      return substitute(argument, scope);
    case 'Fn::If':
      return inner(scope.condition(String(list[0])) ? list[1] : list[2], scope);
    case 'Fn::Select':
      return (inner(list[1], scope) as unknown[])[Number(inner(list[0], scope))];
    case 'Fn::Split':
      return String(inner(list[1], scope)).split(String(list[0]));
    case 'Fn::FindInMap': {
      const [map, first, second] = list.map((each) => String(inner(each, scope)));
      return scope.mapping(map ?? '', first ?? '', second ?? '');
    }
    default:
      throw new Error(`the local system does not know the template function ${name}`);
  }
}

function substitute(argument: unknown, scope: Scope): string {
  const [text, variables] = Array.isArray(argument) ? argument : [argument, {}];
  const own = (variables ?? {}) as Readonly<Record<string, unknown>>;
  return String(text).replace(/\$\{(!?)([^}]+)\}/g, (_, literal: string, name: string) => {
    if (literal) return `\${${name}}`;
    if (Object.hasOwn(own, name)) return String(inner(own[name], scope));
    const [logicalId = '', ...attribute] = name.split('.');
    return String(attribute.length > 0 ? scope.attribute(logicalId, attribute.join('.')) : scope.ref(name));
  });
}

/** The one entry of `{name: argument}`: the form of every intrinsic function. */
function soleEntry(node: unknown): readonly [string, unknown] | undefined {
  if (node === null || typeof node !== 'object') return undefined;
  const entries = Object.entries(node);
  return entries.length === 1 ? entries[0] : undefined;
}
