import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readDefinition, readDomain } from '../../../schema/src/records/records.ts';
import { importRows } from './tableRows.ts';
import { withoutMistakes } from './withoutMistakes.ts';

const moment = { today: '2026-11-24', reserved: ['forwarder-daemon', 'mailer-daemon'] };

it('never writes of rows what check refuses', () => {
  const odd = fc.constantFrom(
    'john',
    'John ',
    '*',
    'a+b',
    'a b',
    '',
    'info',
    'b',
    '.x',
    'x@example.com',
    '__proto__',
    'null',
    '"q"',
    'mailer-daemon',
  );
  const destination = fc.oneof(
    odd,
    fc.constantFrom(
      'x@home.example',
      'X@home.example',
      'john@example.com',
      'b@example.org',
      'y@',
      '@y',
      'info@example.net',
      'é@home.example',
      'x@müller.example',
    ),
  );
  const item = fc.record({
    domain: fc.constantFrom('example.com', 'Example.com', 'example.org', 'localhost', '../x', ''),
    alias: odd,
    destinations: fc.oneof(fc.array(destination, { maxLength: 4 }), fc.constant('x')),
    active: fc.constantFrom(true, false, null, 'false'),
    expires: fc.constantFrom(undefined, '2020-01-01', 'soon'),
    owner: fc.constantFrom(undefined, 'a b', 'team:x'),
  });
  const aliasDomain = fc.record({
    domain: fc.constantFrom('example.net', 'example.org', 'Example.NET ', 'x', 'example.com'),
    aliasfor: fc.constantFrom('example.com', 'example.org', 'other.example', 7, ''),
  });
  fc.assert(
    fc.property(
      fc.array(item, { maxLength: 8 }),
      fc.array(aliasDomain, { maxLength: 3 }),
      (definitions, domains) => {
        const rows = { definitions: definitions.map(readDefinition), domains: domains.map(readDomain) };
        const { checked } = withoutMistakes(importRows(rows), moment, 'aliases');
        const mistakes = checked.diagnostics.filter(
          ({ severity, code }) => severity === 'error' && code !== 'no-files',
        );
        expect(mistakes).toEqual([]);
      },
    ),
    { numRuns: 300 },
  );
});
