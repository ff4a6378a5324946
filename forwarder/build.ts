import { join } from 'node:path';
import { bundleFunctions } from './bundle.ts';
import { readStage } from './src/account/stageFile.ts';

const { faults } = readStage(process.env.STAGE || 'production');
if (faults !== undefined) {
  process.stderr.write(`${faults.join('\n')}\n`);
  process.exit(1);
}

// Written over, never removed first: a local system may be running on it.
await bundleFunctions(join(import.meta.dirname, 'src/functions'), join(import.meta.dirname, 'dist'));
