import { type Address, parseAddress, splitAddress } from '../../../schema/src/address.ts';
import { findDomain } from '../routing/domains.ts';
import type { RoutingTables } from '../routing/lookup.ts';
import type { Ledger, LedgerRow } from './ledger.ts';

/** Mails of one alias that a trace shows, newest first. */
const most = 100;

/** What happened to a mail, by its id, or to the latest mails of an alias, by its address. */
export async function trace(
  about: string,
  ledger: Pick<Ledger, 'of' | 'byAlias'>,
  tables: Pick<RoutingTables, 'domains' | 'definitions'>,
): Promise<LedgerRow[]> {
  const address = parseAddress(about).value;
  return address === undefined ? ledger.of(about) : ledger.byAlias(await mainAddress(address, tables), most);
}

async function mainAddress(
  address: Address,
  tables: Pick<RoutingTables, 'domains' | 'definitions'>,
): Promise<string> {
  const { local, domain } = splitAddress(address);
  return `${local}@${(await findDomain(tables, domain))?.main ?? domain}`;
}
