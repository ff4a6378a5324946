import { Resolver } from 'node:dns/promises';
import { mapPart, type Part } from './part.ts';

/** What the set-up asks the DNS. A name that is not there has no records. */
export interface Dns {
  /** Exchanges, folded, the preferred one first. */
  mx(name: string): Promise<Part<readonly string[]>>;
  txt(name: string): Promise<Part<readonly string[]>>;
  cname(name: string): Promise<Part<readonly string[]>>;
  exists(name: string): Promise<Part<boolean>>;
}

/** `server` is `address:port`; without it the system's own servers are asked. Each is asked twice. */
export function dnsResolver(server?: string, timeoutMs = 5_000): Dns {
  const resolver = new Resolver({ timeout: timeoutMs, tries: 2 });
  if (server !== undefined) resolver.setServers([server]);
  return {
    mx: async (name) =>
      mapPart(await answerOf(`MX ${name}`, resolver.resolveMx(name)), (records) =>
        records.toSorted((a, b) => a.priority - b.priority).map(({ exchange }) => folded(exchange)),
      ),
    txt: async (name) =>
      mapPart(await answerOf(`TXT ${name}`, resolver.resolveTxt(name)), (records) =>
        records.map((parts) => parts.join('')),
      ),
    cname: async (name) =>
      mapPart(await answerOf(`CNAME ${name}`, resolver.resolveCname(name)), (names) => names.map(folded)),
    exists: async (name) =>
      mapPart(await answerOf(`A ${name}`, resolver.resolve4(name)), (addresses) => addresses.length > 0),
  };
}

function folded(name: string): string {
  return name.toLowerCase().replace(/\.$/, '');
}

/** That a server gives no answer is what was found out, of this one question. */
async function answerOf<T>(question: string, answer: Promise<readonly T[]>): Promise<Part<readonly T[]>> {
  try {
    return { found: await answer };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    if (code === 'ENOTFOUND' || code === 'ENODATA') return { found: [] };
    return { fault: `${faults[code] ?? `the name server cannot be asked (${code})`}: ${question}` };
  }
}

const faults: Readonly<Record<string, string>> = {
  ESERVFAIL: 'the name server answers with SERVFAIL',
  EREFUSED: 'the name server refuses to answer',
  ETIMEOUT: 'the name server does not answer in time',
  ECONNREFUSED: 'the name server cannot be reached',
};
