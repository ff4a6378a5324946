import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { reasonCodes } from '../schema/src/records/reasonCodes.ts';
import { inputOutputTables } from './readmeTables.ts';
import { commandNames, defaults } from './src/github/inputs.ts';

const readme = readFileSync(`${import.meta.dirname}/README.md`, 'utf8');
const action = readFileSync(`${import.meta.dirname}/action.yml`, 'utf8');

describe('action.yml', () => {
  it('is what the README says (run `node action/readme.ts`)', () => {
    expect(inputOutputTables(readme, action)).toBe(readme);
  });

  it('has the defaults of the code', () => {
    const { inputs } = parse(action) as { inputs: Record<string, { default?: string }> };
    const declared = Object.entries(inputs)
      .filter(([name]) => name !== 'github-token' && name !== 'command')
      .map(([name, field]) => [name, field.default ?? '']);
    expect(Object.fromEntries(declared)).toEqual(defaults);
  });

  it('names every command and every reason', () => {
    for (const name of [...commandNames, ...reasonCodes])
      expect(`${action}${readme}`).toContain(`\`${name}\``);
  });
});
