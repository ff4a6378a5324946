import {
  type Definition,
  type DomainRecord,
  definitionItem,
  domainItem,
  type Records,
  type Stored,
} from '../../../schema/src/records/records.ts';
import type { Rows } from './change.ts';

/** Another revision of the files as if it were in the tables, so that one plan serves both. */
export function rowsOfRevision(records: Records): Rows {
  return {
    definitions: records.definitions.map(storedDefinition),
    domains: records.domains.map(storedDomain),
  };
}

function storedDefinition(record: Definition): Stored<Definition> {
  const key = { domain: record.domain, alias: record.alias };
  return { record, key, provenance: 'ours', item: definitionItem(record) };
}

function storedDomain(record: DomainRecord): Stored<DomainRecord> {
  return { record, key: { domain: record.domain }, provenance: 'ours', item: domainItem(record) };
}
