import { type Code, codes, isCode } from '../guard/reason.ts';
import { UsageError } from './usageError.ts';

/** The overrides asked for: `CODE[,CODE]`. */
export function readAllow(text: string | undefined): Set<Code> {
  const allowed = new Set<Code>();
  for (const part of (text ?? '').split(/[\s,]+/)) {
    if (part === '') continue;
    if (!isCode(part)) {
      throw new UsageError(`\`${part}\` is no reason to allow: there are ${codes.join(', ')}.`);
    }
    allowed.add(part);
  }
  return allowed;
}
