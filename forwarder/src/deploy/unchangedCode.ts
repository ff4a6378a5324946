import { createHash } from 'node:crypto';
import type { Resources } from './templateDiff.ts';

/** A function of a template, as much of it as is looked at. */
interface TemplateFunction {
  readonly Type: 'AWS::Lambda::Function';
  readonly Properties: { readonly FunctionName: string; readonly Code: { readonly S3Key: string } };
}

/** The code of a function as a template has it. */
export interface PackagedCode {
  readonly functionName: string;
  /** The file's name in the folder of the package. */
  readonly file: string;
}

/** What Lambda calls `CodeSha256`. */
export function codeSum(archive: Uint8Array): string {
  return createHash('sha256').update(archive).digest('base64');
}

/** The functions of a template with their code. */
export function packagedCode(packaged: Resources): PackagedCode[] {
  return Object.values(packaged)
    .filter(isFunction)
    .map(({ Properties: { FunctionName, Code } }) => ({
      functionName: FunctionName,
      file: Code.S3Key.split('/').at(-1) ?? '',
    }));
}

/**
 * The packaged resources with the deployed key of all code that is the same: a key carries the time of its packaging, by
 * which every function would change with every package. `isSame` is asked with the name of a function.
 */
export function keepUnchangedCode(
  packaged: Resources,
  deployed: Resources,
  isSame: (functionName: string) => boolean,
): Resources {
  return Object.fromEntries(
    Object.entries(packaged).map(([id, resource]) => {
      const before = deployed[id];
      if (!isFunction(resource) || !isFunction(before) || !isSame(resource.Properties.FunctionName)) {
        return [id, resource];
      }
      const Code = before.Properties.Code;
      return [id, { ...resource, Properties: { ...resource.Properties, Code } }];
    }),
  );
}

function isFunction(resource: unknown): resource is TemplateFunction {
  return (resource as { readonly Type?: string } | undefined)?.Type === 'AWS::Lambda::Function';
}
