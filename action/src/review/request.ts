import { UsageError } from '../../../schema/src/commandLine/options.ts';
import { wordsOf } from '../../../schema/src/messages/message.ts';
import { reasonCodes } from '../../../schema/src/records/reasonCodes.ts';
import { type Address, parseAddress } from '../../../schema/src/text/address.ts';
import { suggest } from '../../../schema/src/text/suggest.ts';
import { type Code, isCode } from '../guard/reason.ts';

/** How long a sync waits by default until its change is live. */
const defaultWaitSeconds = 120;

/** The reasons to allow: `CODE[,CODE]`. */
export function readAllow(text: string | undefined): Set<Code> {
  const allowed = new Set<Code>();
  for (const part of (text ?? '').split(/[\s,]+/)) {
    if (part === '') continue;
    if (!isCode(part)) {
      const meant = suggest(part, reasonCodes);
      const cure =
        meant === undefined ? `Choose from ${reasonCodes.join(', ')}.` : `Did you mean \`${meant}\`?`;
      throw new UsageError(`There is no reason \`${part}\` to allow. ${cure}`);
    }
    allowed.add(part);
  }
  return allowed;
}

/** A whole number of seconds; 0 does not wait. */
export function readWaitSeconds(given: string | undefined): number {
  if (given === undefined || given === '') return defaultWaitSeconds;
  if (!/^\d{1,5}$/.test(given)) throw new UsageError(`\`${given}\` is not a number of seconds to wait.`);
  return Number(given);
}

/** The address that a command is about. */
export function readAddress(word: string): Address {
  const { value, fault } = parseAddress(word);
  if (fault !== undefined) throw new UsageError(`\`${word}\` is not an address: ${wordsOf(fault, 'en')}.`);
  return value;
}
