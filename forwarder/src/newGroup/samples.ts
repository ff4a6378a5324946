import { createHash } from 'node:crypto';
import sums from './sampleSums.json' with { type: 'json' };

const known: Readonly<Record<string, string>> = sums;

/** Whether a file of the repository is as the template ships it, so that nothing of anybody's is in it. */
export function isSample(path: string, text: string): boolean {
  return Object.hasOwn(known, path) && known[path] === sumOf(text);
}

/** Of a text, whatever ends its lines on this machine. */
export function sumOf(text: string): string {
  return createHash('sha256').update(text.replaceAll('\r\n', '\n')).digest('hex');
}
