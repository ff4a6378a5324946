import { join } from 'node:path';
import { stageName } from '../schema/src/stage/stage.ts';
import { bundleFunctions } from './bundle.ts';
import { readStageFile } from './src/account/stageFile.ts';

const { faults } = readStageFile(stageName(undefined, process.env));
if (faults !== undefined) {
  process.stderr.write(`${faults.join('\n')}\n`);
  process.exit(1);
}

// Written over, never removed first: a local system may be running on it.
await bundleFunctions(join(import.meta.dirname, 'src/functions'), join(import.meta.dirname, 'dist'));
