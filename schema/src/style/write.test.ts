import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { check } from '../check.ts';
import { anyDefinition } from '../records/definition.arbitrary.ts';
import type { Filter } from '../records/records.ts';
import { format } from './format.ts';
import { writeDomainFile } from './write.ts';

const options = { today: '2026-11-24', reserved: [], folder: 'aliases' };

function read(text: string) {
  const bytes = new TextEncoder().encode(text);
  return check([{ name: 'example.com.yml', path: 'example.com.yml', kind: 'file', bytes }], options);
}

const name = fc.stringMatching(/^[a-z0-9!#$%&'*+/=?^_`{|}~-]{1,8}$/);
const text = fc
  .string({ minLength: 1, maxLength: 20 })
  .filter((one) => !/[\p{Cc}\u202a-\u202e\u2066-\u2069]/u.test(one));
const definition = anyDefinition({
  domain: 'example.com',
  alias: name.filter((one) => one !== '*'),
  destination: name.map((one) => `${one}@home.example`),
  text,
});

describe('writeDomainFile', () => {
  it('writes what reads back as the same records, in canonical style', () => {
    fc.assert(
      fc.property(fc.uniqueArray(definition, { selector: (one) => one.alias, maxLength: 5 }), (drafts) => {
        const definitions = drafts.toSorted((a, b) => (a.alias < b.alias ? -1 : 1));
        const filter: Filter = { spf: 'drop' };
        const written = writeDomainFile('example.com', definitions, ['example.net'], filter);
        const { records } = read(written);
        expect(records.definitions).toEqual(definitions);
        expect(records.domains).toEqual([
          { domain: 'example.com', filter },
          { domain: 'example.net', aliasfor: 'example.com' },
        ]);
        expect(format(written)).toBe(written);
      }),
    );
  });

  it('puts the catch-all last, in quotes', () => {
    const base = {
      domain: 'example.com',
      destinations: ['jane@home.example'],
      type: 'person',
      active: true,
    } as const;
    const written = writeDomainFile(
      'example.com',
      [
        { ...base, alias: '*' },
        { ...base, alias: 'jane' },
      ],
      [],
    );
    expect(written.split('\n').filter((line) => /^ {2}\S/.test(line))).toEqual(['  jane:', '  "*":']);
  });
});
