import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec';
import type { Property, PropertyType } from '@aws-cdk/service-spec-types';
import type { Template } from './template.ts';

const specification = loadAwsServiceSpecSync();
type Found = ReturnType<typeof lookUp>;

/** What AWS's own resource schemas have against a template: types, properties, required ones, values out of a list. */
export function shapeFaults(template: Template): string[] {
  return Object.entries(template.Resources).flatMap(([id, { Type, Properties }]) => {
    const found = lookUp(Type);
    if (found === undefined) return [`${id}: there is no type ${Type}`];
    return objectFaults(id, Properties ?? {}, found.properties);
  });
}

/** Whether `Fn::GetAtt` gives this attribute of a type. */
export function hasAttribute(type: string, attribute: string): boolean {
  return Object.hasOwn(lookUp(type)?.attributes ?? {}, attribute);
}

function lookUp(type: string) {
  return specification.lookup('resource', 'cloudFormationType', 'equals', type).at(0);
}

function objectFaults(
  path: string,
  value: Readonly<Record<string, unknown>>,
  properties: NonNullable<Found>['properties'],
): string[] {
  const missing = Object.entries(properties)
    .filter(([name, { required }]) => required === true && value[name] === undefined)
    .map(([name]) => `${path}.${name} is required`);
  const wrong = Object.entries(value).flatMap(([name, inner]) => {
    const property: Property | undefined = properties[name];
    return property === undefined
      ? [`${path} has no property ${name}`]
      : valueFaults(`${path}.${name}`, inner, property.type);
  });
  return [...missing, ...wrong];
}

function valueFaults(path: string, value: unknown, type: PropertyType): string[] {
  if (isIntrinsic(value)) return [];
  switch (type.type) {
    case 'ref':
      return isRecord(value)
        ? objectFaults(path, value, specification.get('typeDefinition', type.reference.$ref).properties)
        : [`${path} is to be an object`];
    case 'array':
      return Array.isArray(value)
        ? value.flatMap((element, index) => valueFaults(`${path}[${index}]`, element, type.element))
        : [`${path} is to be a list`];
    case 'map':
      return isRecord(value)
        ? Object.entries(value).flatMap(([key, inner]) => valueFaults(`${path}.${key}`, inner, type.element))
        : [`${path} is to be a map`];
    case 'union': {
      const attempts = type.types.map((choice) => valueFaults(path, value, choice));
      return attempts.some((faults) => faults.length === 0) ? [] : (attempts.at(0) ?? []);
    }
    case 'string':
      if (typeof value !== 'string') return [`${path} is to be text, not ${JSON.stringify(value)}`];
      return type.allowedValues !== undefined && !type.allowedValues.includes(value)
        ? [`${path} is to be one of ${type.allowedValues.join(', ')}, not ${value}`]
        : [];
    case 'integer':
    case 'number':
      return typeof value === 'number' ? [] : [`${path} is to be a number, not ${JSON.stringify(value)}`];
    case 'boolean':
      return typeof value === 'boolean' ? [] : [`${path} is to be true or false`];
    default:
      return [];
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

function isIntrinsic(value: unknown): boolean {
  if (!isRecord(value)) return false;
  const keys = Object.keys(value);
  return keys.length === 1 && keys.every((key) => key === 'Ref' || key.startsWith('Fn::'));
}
