import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import {
  type Definition,
  isBookkeeping,
  readDefinition,
  type Stored,
} from '../../../schema/src/records/records.ts';
import { scanAll } from './pages.ts';

export interface DefinitionsTable {
  /** All definitions, also misspelt ones; rows without a domain or an alias are left out. */
  readAll(): Promise<Stored<Definition>[]>;
}

/** The Definitions table: what the synced files say, keyed by `domain` and `alias`. Builds alone read it. */
export function definitionsTable(client: DynamoDBDocumentClient, table: string): DefinitionsTable {
  return {
    async readAll() {
      const rows = (await scanAll(client, table)).map(readDefinition);
      return rows.filter(
        ({ record }) => record.domain !== '' && record.alias !== '' && !isBookkeeping(record.domain),
      );
    },
  };
}
