import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { bundleFunctions } from './bundle.ts';

const target = join(import.meta.dirname, 'dist');

await rm(target, { recursive: true, force: true });
await bundleFunctions(join(import.meta.dirname, 'src/functions'), target);
