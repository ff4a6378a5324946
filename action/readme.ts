import { readFileSync, writeFileSync } from 'node:fs';
import { inputOutputTables } from './readmeTables.ts';

const folder = import.meta.dirname;
const readme = `${folder}/README.md`;
const action = readFileSync(`${folder}/action.yml`, 'utf8');
writeFileSync(readme, inputOutputTables(readFileSync(readme, 'utf8'), action));
