import type { Command } from '../../../schema/src/commandLine/command.ts';
import { type Options, UsageError } from '../../../schema/src/commandLine/options.ts';
import type { Screen } from '../../../schema/src/commandLine/screen.ts';
import { wordsOf } from '../../../schema/src/messages/message.ts';
import { type Address, parseAddress } from '../../../schema/src/text/address.ts';

/** Where a command says things. Results go to `out` alone, so that they can be piped; all else to `note`. */
export interface Terminal extends Pick<Screen, 'out' | 'note' | 'ask'> {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Epoch milliseconds. */
  readonly now: number;
}

/** Options that several commands take, each with one meaning. */
export const common = {
  stage: { kind: 'text', value: 'STAGE', help: 'the stage to act on (STAGE, or production)' },
  format: { kind: 'choice', choices: ['text', 'json'], help: 'how to print the result (text)' },
  dir: { kind: 'text', value: 'DIR', help: 'the folder of the alias files (aliases)' },
  'dns-server': {
    kind: 'text',
    value: 'ADDRESS:PORT',
    help: 'the DNS server to ask (DNS_SERVER, or the system)',
  },
} as const;

export function command<const O extends Options>(made: Command<Terminal, O>): Command<Terminal> {
  return made;
}

export function readAddress(text: string): Address {
  const { value, fault } = parseAddress(text);
  if (value === undefined) throw new UsageError(`\`${text}\` is not an address: ${wordsOf(fault, 'en')}.`);
  return value;
}
