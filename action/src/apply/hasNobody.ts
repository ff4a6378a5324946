import type { Definition } from '../../../schema/src/records.ts';
import { type Directory, isInForce, resolve } from '../../../schema/src/resolve.ts';

/** Whether an alias of a directory reaches no mailbox on a day (`YYYY-MM-DD`). */
export function hasNobody(directory: Directory, definition: Definition, today: string): boolean {
  if (!isInForce(definition, today)) return true;
  return resolve(directory, definition, today).destinations.length === 0;
}
