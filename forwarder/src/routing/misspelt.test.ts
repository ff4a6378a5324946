import { expect, test } from 'vitest';
import { readDefinition } from '../../../schema/src/records.ts';
import { misspeltKeys } from './misspelt.ts';

const stored = (domain: string, alias: string) => readDefinition({ domain, alias, destinations: [] });

test('lists the definitions that a read by key would miss', () => {
  const definitions = [
    stored('example.com', 'john'),
    stored('example.com', ' Jane'),
    stored('Example.com', 'JOHN'),
    stored('Example.org', 'info'),
  ];
  expect(misspeltKeys(definitions)).toEqual([
    { domain: 'example.com', alias: 'jane', stored: { domain: 'example.com', alias: ' Jane' } },
    { domain: 'example.org', alias: 'info', stored: { domain: 'Example.org', alias: 'info' } },
  ]);
});
