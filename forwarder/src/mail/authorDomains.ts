import { parseAddress, splitAddress } from '../../../schema/src/text/address.ts';
import { readMailboxes } from './addresses.ts';
import type { IncomingMail } from './event.ts';
import { trimBlank, unfold } from './lines.ts';

/** The domains that a mail says it is written at: those of every mailbox in every From, folded, each once. */
export function authorDomains({ headers }: Pick<IncomingMail, 'headers'>): string[] {
  const domains = headers
    .filter(({ name }) => /^from$/i.test(trimBlank(name)))
    .flatMap(({ value }) => readMailboxes(unfold(value)))
    .flatMap(({ address }) => domainOf(address) ?? []);
  return [...new Set(domains)];
}

/** The folded domain of an address; undefined where it is none. */
export function domainOf(address: string): string | undefined {
  const { value } = parseAddress(address);
  return value === undefined ? undefined : splitAddress(value).domain;
}
