import { type DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';

/** Which addresses are at domains that the tables manage. */
interface ManagedDomains {
  holds(address: string): Promise<boolean>;
}

/**
 * On one machine nobody verifies a domain: the managed ones, which are those with a row in the Domains table, count as
 * verified identities, and so do the addresses of the stage's settings.
 */
export function managedDomains(
  client: DynamoDBClient,
  domainsTable: string,
  settings: readonly string[],
): ManagedDomains {
  const named = new Set(settings.map((address) => address.toLowerCase()));
  return {
    holds: async (address) => {
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
