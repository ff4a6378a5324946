import { type Address, parseAddress, splitAddress } from '../../../schema/src/text/address.ts';
import type { RoutingTables } from '../routing/lookup.ts';
import type { Ledger, LedgerRow } from './ledger.ts';

/** Mails of one alias that a trace shows, newest first. */
const most = 100;

/**
 * What happened to a mail, by its id; to the latest mails of an alias, by its address; else to the mails from or for an
 * address, which takes a look at every row.
 */
export async function trace(
  about: string,
  ledger: Pick<Ledger, 'of' | 'byAlias' | 'about'>,
  tables: Pick<RoutingTables, 'domains'>,
): Promise<LedgerRow[]> {
  const address = parseAddress(about).value;
  if (address === undefined) return ledger.of(about);
  const ofAlias = await ledger.byAlias(await mainAddress(address, tables), most);
  return ofAlias.length > 0 ? ofAlias : ledger.about(address);
}

async function mainAddress(address: Address, tables: Pick<RoutingTables, 'domains'>): Promise<string> {
  const { local, domain } = splitAddress(address);
  return `${local}@${(await tables.domains.live(domain))?.aliasfor ?? domain}`;
}
