import { readFileSync } from 'node:fs';

/**
 * Run as a process of its own: calls the built `process` with the event in the file given, and prints the most memory
 * that the process had, in kilobytes.
 */
const [file = ''] = process.argv.slice(2);
const url = new URL('../../forwarder/dist/process/index.mjs', import.meta.url).href;
const { handler } = await import(url);
await handler(JSON.parse(readFileSync(file, 'utf8')));
process.stderr.write(`maxRSS ${process.resourceUsage().maxRSS}\n`);
