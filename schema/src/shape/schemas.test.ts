import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import domain from '../../domain.schema.json' with { type: 'json' };
import policy from '../../policy.schema.json' with { type: 'json' };
import shared from '../../shared.schema.json' with { type: 'json' };
import stage from '../../stage.schema.json' with { type: 'json' };

type Schema = Readonly<Record<string, unknown>>;

/** Every property below a schema, with its path. */
function* propertiesOf(schema: unknown, path: string): Generator<readonly [string, Schema]> {
  if (schema === null || typeof schema !== 'object') return;
  for (const [key, inner] of Object.entries(schema)) {
    if (key === 'examples' || key === 'default') continue;
    if (key === 'properties') {
      for (const [name, property] of Object.entries(inner as Record<string, Schema>))
        yield [`${path}.${name}`, property];
    }
    yield* propertiesOf(inner, `${path}.${key}`);
  }
}

describe.each([
  ['domain', domain],
  ['shared', shared],
  ['policy', policy],
  ['stage', stage],
])('the schema of a %s file', (_, schema: Schema) => {
  const ajv = new Ajv2020({ strict: true });
  ajv.addSchema(domain, 'domain.schema.json');

  it('describes each property for an editor, with examples', () => {
    const own = [...propertiesOf(schema, '')].filter(
      ([, property]) => !String(property.$ref ?? '').includes('aliases'),
    );
    expect(
      own.filter(([, { description, examples }]) => !description || !examples).map(([path]) => path),
    ).toEqual([]);
  });

  it('accepts its own examples', () => {
    const validate = ajv.compile(schema);
    for (const example of schema.examples as readonly unknown[])
      expect([validate(example), validate.errors]).toEqual([true, null]);
  });
});
