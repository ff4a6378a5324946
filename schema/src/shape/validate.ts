import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import domainSchema from '../../domain.schema.json' with { type: 'json' };
import policySchema from '../../policy.schema.json' with { type: 'json' };
import sharedSchema from '../../shared.schema.json' with { type: 'json' };
import stageSchema from '../../stage.schema.json' with { type: 'json' };
import type { Table } from '../syntax/value.ts';
import type { Finding } from '../text/diagnostic.ts';
import { createLocator, type Located, pathOf, toData } from './data.ts';
import { mistake } from './mistake.ts';

/** The kinds of files, each with a JSON Schema of its own. */
export type Shape = 'domain' | 'shared' | 'policy' | 'stage';

// Compiled when a file of its kind is first seen, and once: few runs see all kinds. That the schemas are JSON Schemas is
// tested and not asked again at each start, where it takes longer than all else that a check does.
const ajv = new Ajv2020({ allErrors: true, verbose: true, meta: false, validateSchema: false });
ajv.addSchema(domainSchema, 'domain.schema.json');
const schemas: Readonly<Record<Shape, object>> = {
  domain: domainSchema,
  shared: sharedSchema,
  policy: policySchema,
  stage: stageSchema,
};

/** A place that does not match the JSON Schema. */
export interface Mistake {
  readonly finding: Finding;
  /** The names, as in the data, that lead to it from the top: of a field that is missing or unknown too. */
  readonly path: readonly string[];
}

/** Every place in a file that does not match its JSON Schema, each reported where it is. */
export function validate(shape: Shape, root: Table): Mistake[] {
  const validator = ajv.compile(schemas[shape]);
  if (validator(toData(root))) return [];
  const locate = createLocator(root);
  const found: Mistake[] = [];
  for (const error of validator.errors ?? []) {
    // "if" says only that the chosen branch has complaints, which are in the list themselves.
    if (error.keyword === 'if') continue;
    const located = locate(error.instancePath);
    if (shape !== 'stage' && isTextAfterAll(error, located)) continue;
    found.push({ finding: mistake(error, located), path: placeOf(error) });
  }
  return found;
}

function placeOf({ instancePath, params }: ErrorObject): string[] {
  const field = params.missingProperty ?? params.additionalProperty;
  return [...pathOf(instancePath), ...(typeof field === 'string' ? [field] : [])];
}

/**
 * A plain scalar in a place for text is its source text, whatever else YAML would make of it; but not in the settings
 * of a stage, which a program reads that takes YAML at its word (osls).
 */
function isTextAfterAll(error: ErrorObject, { value }: Located): boolean {
  return error.keyword === 'type' && error.params.type === 'string' && value.kind === 'text';
}
