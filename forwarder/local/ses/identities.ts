import { createHash } from 'node:crypto';
import { type DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';

export type NotificationType = 'Bounce' | 'Complaint' | 'Delivery';

/** An identity of the account: a domain or an address. */
export interface Identity {
  readonly name: string;
  /** Whether its owner has shown that it is theirs, by DKIM records or a link. */
  readonly verified: boolean;
  readonly dkimTokens: readonly string[];
  readonly mailFrom?: { readonly domain: string; readonly rejects: boolean };
  /** Whether bounces come back as mail. On until it is turned off. */
  readonly feedbackForwarding: boolean;
  readonly topics: Readonly<Partial<Record<NotificationType, string>>>;
}

export interface Identities {
  /** Undefined when there is one already. */
  create(name: string): Identity | undefined;
  get(name: string): Identity | undefined;
  /** Undefined when there is none of that name. */
  change(name: string, changes: Partial<Omit<Identity, 'name'>>): Identity | undefined;
  /** Puts an identity in the place of the one of its name. */
  replace(identity: Identity): void;
  /** The identity that an address sends as: its own, its domain's, or that of a domain above. */
  of(address: string): Identity | undefined;
}

/** `verified`: what a new identity is, since on one machine there are no DNS records to wait for. */
export function identities(verified: boolean): Identities {
  const all = new Map<string, Identity>();
  const change: Identities['change'] = (name, changes) => {
    const found = all.get(name.toLowerCase());
    if (!found) return undefined;
    const changed = { ...found, ...changes };
    all.set(found.name, changed);
    return changed;
  };
  return {
    create: (name) => {
      const folded = name.toLowerCase();
      if (all.has(folded)) return undefined;
      const dkimTokens = folded.includes('@') ? [] : [1, 2, 3].map((number) => token(`${folded} ${number}`));
      const identity = { name: folded, verified, dkimTokens, feedbackForwarding: true, topics: {} };
      all.set(folded, identity);
      return identity;
    },
    get: (name) => all.get(name.toLowerCase()),
    change,
    replace: (identity) => void all.set(identity.name, identity),
    of: (address) =>
      candidates(address.toLowerCase())
        .map((name) => all.get(name))
        .find((found) => found !== undefined),
  };
}

/** As long as SES's, and the same each time. */
function token(seed: string): string {
  return createHash('sha256').update(seed).digest('hex').slice(0, 32);
}

function candidates(address: string): readonly string[] {
  const labels = (address.split('@').at(-1) ?? '').split('.');
  return [address, ...labels.map((_, index) => labels.slice(index).join('.'))];
}

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
