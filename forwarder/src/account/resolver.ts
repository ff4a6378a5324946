import { Resolver } from 'node:dns/promises';

/** What the set-up asks the DNS. A name that is not there has no records; a server that does not answer throws. */
export interface Dns {
  /** Exchanges, folded, the preferred one first. */
  mx(name: string): Promise<string[]>;
  txt(name: string): Promise<string[]>;
  cname(name: string): Promise<string[]>;
  exists(name: string): Promise<boolean>;
}

/** `server` is `address:port`; without it the system's own servers are asked. */
export function dnsResolver(server?: string): Dns {
  const resolver = new Resolver({ timeout: 5_000, tries: 2 });
  if (server !== undefined) resolver.setServers([server]);
  return {
    mx: async (name) =>
      (await orNone(resolver.resolveMx(name)))
        .toSorted((a, b) => a.priority - b.priority)
        .map(({ exchange }) => exchange.toLowerCase().replace(/\.$/, '')),
    txt: async (name) => (await orNone(resolver.resolveTxt(name))).map((parts) => parts.join('')),
    cname: async (name) =>
      (await orNone(resolver.resolveCname(name))).map((target) => target.toLowerCase().replace(/\.$/, '')),
    exists: async (name) => (await orNone(resolver.resolve4(name))).length > 0,
  };
}

async function orNone<T>(answer: Promise<T[]>): Promise<T[]> {
  try {
    return await answer;
  } catch (error) {
    const { code } = error as { readonly code?: string };
    if (code === 'ENOTFOUND' || code === 'ENODATA') return [];
    throw error;
  }
}
