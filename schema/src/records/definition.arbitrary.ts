import fc from 'fast-check';
import { type AliasFields, type Definition, type Field, fieldEntries } from './aliasFields.ts';

/** Definitions with every field of the table, each with any value that its kind allows; optional ones may be absent. */
export function anyDefinition(drawn: {
  readonly domain: string;
  readonly alias: fc.Arbitrary<string>;
  readonly destination: fc.Arbitrary<string>;
  readonly text: fc.Arbitrary<string>;
}): fc.Arbitrary<Definition> {
  const valuesOf = (field: Field): fc.Arbitrary<unknown> => {
    switch (field.kind) {
      case 'destinations':
        return fc.uniqueArray(drawn.destination, { maxLength: 8 });
      case 'choice':
        return fc.constantFrom(...field.choices);
      case 'flag':
        return fc.boolean();
      case 'text':
        return fc.option(drawn.text, { nil: undefined });
    }
  };
  const fields = Object.fromEntries(fieldEntries.map(([name, field]) => [name, valuesOf(field)]));
  return fc.tuple(drawn.alias, fc.record(fields)).map(([alias, values]) => {
    const present = Object.entries(values).filter(([, value]) => value !== undefined);
    return { domain: drawn.domain, alias, ...(Object.fromEntries(present) as unknown as AliasFields) };
  });
}
