/** What the functions of a template can ask for. */
export interface Scope {
  /** `Ref`: a pseudo parameter, a parameter or a resource. */
  ref(name: string): unknown;
  attribute(logicalId: string, attribute: string): string;
  condition(name: string): boolean;
  mapping(map: string, first: string, second: string): unknown;
}

/** Stands for `AWS::NoValue` until the property that holds it is left out. */
const absent = Symbol('AWS::NoValue');

/** Replaces every intrinsic function in a part of a template. Throws for one that the local system does not know. */
export function evaluate(node: unknown, scope: Scope): unknown {
  const value = inner(node, scope);
  return value === absent ? undefined : value;
}

/** Whether a condition of the template's `Conditions` is true. */
export function holds(condition: unknown, scope: Scope): boolean {
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
