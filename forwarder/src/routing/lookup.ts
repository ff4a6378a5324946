import { type Address, joinAddress } from '../../../schema/src/address.ts';
import type { AliasRow, Definition, DomainRecord } from '../../../schema/src/records.ts';
import { candidates, isInForce } from '../../../schema/src/resolve.ts';

/** What a lookup reads, each by its key and consistently. */
export interface RoutingTables {
  readonly domains: { read(domain: string): Promise<DomainRecord | undefined> };
  readonly definitions: {
    read(domain: string, alias: string): Promise<Definition | undefined>;
    hasDomain(domain: string): Promise<boolean>;
  };
  readonly aliases: { of(alias: Address): Promise<AliasRow[]> };
}

export type Found =
  /** `pending`: an alias in force that leads nowhere yet, since its rows are not built, or nobody is left. */
  | { readonly kind: 'unknown' | 'inactive' | 'pending' }
  /** Never empty. */
  | { readonly kind: 'rows'; readonly rows: readonly AliasRow[] };

/**
 * The rows that have the mail of a local part at a main domain: the exact alias's, else those of the one without the
 * subaddress, else the catch-all's. Before falling through it reads the definition itself: rows come and go with builds,
 * and mail to an alias that is defined is nobody else's.
 */
export async function lookup(
  tables: RoutingTables,
  local: string,
  domain: string,
  today: string,
): Promise<Found> {
  for (const [, alias] of candidates(local)) {
    const rows = await tables.aliases.of(joinAddress(alias, domain));
    if (rows.length > 0) return { kind: 'rows', rows };
    const definition = await tables.definitions.read(domain, alias);
    if (definition !== undefined) return { kind: isInForce(definition, today) ? 'pending' : 'inactive' };
  }
  return { kind: 'unknown' };
}
