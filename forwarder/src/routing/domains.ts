import type { DomainRecord, Filter } from '../../../schema/src/records.ts';
import type { RoutingTables } from './lookup.ts';

/** A domain of a recipient, as the tables know it. */
export interface MailDomain {
  /** Whose mailboxes it has: itself, or what it is an alias domain of. */
  readonly main: string;
  readonly filter?: Filter;
}

/**
 * Finds the main domain and its filter; undefined for a domain that nobody manages here. Tables of the reference
 * system have no row for a main domain: there its definitions show that it is managed.
 */
export async function findDomain(
  tables: Pick<RoutingTables, 'domains' | 'definitions'>,
  domain: string,
): Promise<MailDomain | undefined> {
  const record = await tables.domains.read(domain);
  if (record?.aliasfor !== undefined && record.aliasfor !== domain) {
    return mailDomain(record.aliasfor, await tables.domains.read(record.aliasfor));
  }
  if (record !== undefined) return mailDomain(domain, record);
  return (await tables.definitions.hasDomain(domain)) ? mailDomain(domain, undefined) : undefined;
}

function mailDomain(main: string, record: DomainRecord | undefined): MailDomain {
  return { main, ...(record?.filter === undefined ? {} : { filter: record.filter }) };
}
