import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { bundleFunctions } from './bundle.ts';
import { readStage } from './src/setup/stageFile.ts';

const { faults } = readStage(process.env.STAGE || 'production');
if (faults !== undefined) {
  process.stderr.write(`${faults.join('\n')}\n`);
  process.exit(1);
}

const target = join(import.meta.dirname, 'dist');
await rm(target, { recursive: true, force: true });
await bundleFunctions(join(import.meta.dirname, 'src/functions'), target);
