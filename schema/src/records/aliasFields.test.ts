import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import schema from '../../domain.schema.json' with { type: 'json' };
import { say } from '../messages/message.ts';
import { destinationsOf, type Field, fieldEntries, fieldNames, storedForm } from './aliasFields.ts';
import { anyDefinition } from './definition.arbitrary.ts';
import { definitionItem, filterChoices, filterNames, readDefinition, readFilter } from './records.ts';

interface Described {
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly default?: unknown;
}

const described: Readonly<Record<string, Described>> = schema.$defs.alias.properties;

/** What the JSON Schema says of a field of this kind, in an editor and in the second stage of `check`. */
function expected(field: Field): Described {
  switch (field.kind) {
    case 'destinations':
      return { type: 'array' };
    case 'choice':
      return { enum: field.choices, default: field.otherwise };
    case 'flag':
      return { type: 'boolean', default: field.otherwise };
    case 'text':
      return { type: 'string' };
  }
}

describe('the fields of an alias', () => {
  it('are those of the JSON Schema', () => {
    expect(fieldNames.toSorted()).toEqual(Object.keys(described).sort());
  });

  it.each(fieldEntries)('have `%s` of one kind in both', (name, field) => {
    const { type, enum: choices, default: otherwise } = described[name] ?? {};
    const said = { type, enum: choices, default: otherwise };
    expect(JSON.parse(JSON.stringify(said))).toEqual(expected(field));
  });

  it('are required where there is nothing to take instead, and only there', () => {
    const lists = fieldEntries.filter(([, { kind }]) => kind === 'destinations').map(([name]) => name);
    expect(schema.$defs.alias.required).toEqual(lists);
  });

  it('come back from the table as they were written, each of them', () => {
    const drawn = anyDefinition({
      domain: 'example.com',
      alias: fc.constantFrom('a', 'b'),
      destination: fc.constantFrom('x@mailbox.example', 'y'),
      text: fc.string(),
    });
    fc.assert(
      fc.property(drawn, (definition) => {
        expect(readDefinition(definitionItem(definition))).toMatchObject({
          record: definition,
          provenance: 'ours',
        });
      }),
    );
  });
});

describe('the choices of a filter', () => {
  it('are those of the JSON Schema', () => {
    const { then: own, else: named } = schema.properties.filter;
    const choices = Object.entries(own.properties).map(([check, { enum: words }]) => [check, words]);
    expect(Object.fromEntries(choices)).toEqual(filterChoices);
    expect(named.enum).toEqual(filterNames);
  });

  it.each([
    ['strict', 'strict'],
    ['lax', undefined],
    [7, undefined],
    [null, undefined],
    [
      { spf: 'drop', dkim: 'bounce', 'dmarc-reject': 'bounce' },
      { spf: 'drop', 'dmarc-reject': 'bounce' },
    ],
    [{ other: 'drop' }, {}],
  ])('are read from %j', (given, filter) => {
    expect(readFilter(given)).toEqual(filter);
  });
});

describe('the destinations of a record', () => {
  const jane = { kind: 'address', text: 'jane@home.example', local: 'jane', domain: 'home.example' };
  const john = { kind: 'name', text: 'john', local: 'john' };

  it('are read from the stored form, where some may mean nothing', () => {
    const { record } = readDefinition({
      domain: 'example.com',
      alias: 'board',
      destinations: ['Jane@Home.example', ' john ', 'nobody at all'],
    });
    expect(destinationsOf(record)).toEqual([
      { value: jane },
      { value: john },
      { fault: say('{character} is not allowed in an address', { character: say('a space') }) },
    ]);
  });

  it('are read once, also where a copy of the record asks', () => {
    const { record } = readDefinition({ destinations: ['john'] });
    expect(destinationsOf({ ...record })).toBe(destinationsOf(record));
  });

  it('are not read again from the form that was written', () => {
    const [read] = destinationsOf({ destinations: ['john'] });
    const destinations = storedForm(read?.value === undefined ? [] : [read.value]);
    expect(destinations).toEqual(['john']);
    expect(destinationsOf({ destinations })[0]?.value).toBe(read?.value);
  });
});
