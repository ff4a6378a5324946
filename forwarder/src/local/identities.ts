import { type DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';

/** Which addresses the account may send from, and receives for. */
export interface Identities {
  isVerified(address: string): Promise<boolean>;
}

/**
 * On one machine nobody verifies a domain: the managed domains, which are those with a row in the Domains table, count
 * as verified, and so does what the stage's settings name.
 */
export function managedIdentities(
  client: DynamoDBClient,
  domainsTable: string,
  settings: readonly string[],
): Identities {
  const named = new Set(settings.map((address) => address.toLowerCase()));
  return {
    isVerified: async (address) => {
      const folded = address.toLowerCase();
      if (named.has(folded)) return true;
      const domain = folded.split('@').at(-1) ?? '';
      if (domain === '' || domain.startsWith('#')) return false;
      const { Item } = await client.send(
        new GetItemCommand({ TableName: domainsTable, Key: { domain: { S: domain } }, ConsistentRead: true }),
      );
      return Item !== undefined;
    },
  };
}
