import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Stack } from '../template/stack.ts';

/** A function of the stack, as much of it as running it takes. */
export interface LambdaFunction {
  readonly name: string;
  readonly arn: string;
  /** The bundle's file. */
  readonly file: string;
  /** The name that the bundle exports. */
  readonly exported: string;
  readonly timeoutMs: number;
  readonly memoryMb: number;
  readonly environment: Readonly<Record<string, string>>;
}

interface FunctionProperties {
  readonly Handler: string;
  readonly Timeout?: number;
  readonly MemorySize?: number;
  readonly Environment?: { readonly Variables?: Readonly<Record<string, unknown>> };
}

/** The stack's functions. `root` is the folder that handler paths such as `dist/process/index.handler` start from. */
export function functionsOf(stack: Stack, root: string): readonly LambdaFunction[] {
  return stack.ofType<FunctionProperties>('AWS::Lambda::Function').map(({ name, properties }) => {
    const dot = properties.Handler.lastIndexOf('.');
    const variables = Object.entries(properties.Environment?.Variables ?? {});
    return {
      name,
      arn: `arn:aws:lambda:${stack.place.region}:${stack.place.account}:function:${name}`,
      file: bundle(join(root, properties.Handler.slice(0, dot))),
      exported: properties.Handler.slice(dot + 1),
      // Lambda's own defaults.
      timeoutMs: (properties.Timeout ?? 3) * 1000,
      memoryMb: properties.MemorySize ?? 128,
      environment: Object.fromEntries(variables.map(([key, value]) => [key, String(value)])),
    };
  });
}

/** Lambda looks for the handler's file with these endings. */
function bundle(path: string): string {
  const found = ['.mjs', '.js', '.cjs'].map((ending) => path + ending).find((file) => existsSync(file));
  if (found) return found;
  throw new Error(`there is no bundle ${path}.mjs: run npm run build first`);
}

/** What the functions' variables say about the stack, for programs that work on the same tables and bucket. */
interface StackVariables {
  /** The tables' names and the bucket's, by the names of the variables in which the functions get them. */
  readonly names: Readonly<Record<string, string>>;
  /** The addresses that answers come from. */
  readonly senders: readonly string[];
}

export function variablesOf(functions: readonly LambdaFunction[]): StackVariables {
  const variables = functions.flatMap(({ environment }) => Object.entries(environment));
  return {
    names: Object.fromEntries(
      variables.filter(([name]) => name.endsWith('_TABLE') || name === 'MESSAGE_BUCKET'),
    ),
    senders: variables.filter(([name]) => name === 'BOUNCE_SENDER').map(([, sender]) => sender),
  };
}
