import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { packagedFolder } from '../packaged.ts';

/**
 * Run as a process of its own: calls the built `process` with the event in the file given, and prints the most memory
 * that the process had, in kilobytes.
 */
const [file = ''] = process.argv.slice(2);
const bundle = join(packagedFolder, 'dist/process/index.mjs');
const { handler } = await import(pathToFileURL(bundle).href);
await handler(JSON.parse(readFileSync(file, 'utf8')));
process.stderr.write(`maxRSS ${process.resourceUsage().maxRSS}\n`);
