import type { SourceFile } from '../../../schema/src/check.ts';
import { writeDomainFile } from '../../../schema/src/style/write.ts';
import type { Imported } from './imported.ts';

/** One file for each managed domain. */
export function filesOf({ definitions, domains }: Imported, folder: string): SourceFile[] {
  const names = new Set(definitions.map(({ domain }) => domain));
  for (const { domain, aliasfor } of domains) if (aliasfor === undefined) names.add(domain);
  return [...names].sort().map((domain) => {
    const aliasDomains = domains.filter(({ aliasfor }) => aliasfor === domain).map((row) => row.domain);
    const filter = domains.find((row) => row.domain === domain)?.filter;
    const own = definitions.filter((definition) => definition.domain === domain);
    const text = writeDomainFile(domain, own, aliasDomains, filter);
    const name = `${domain}.yml`;
    return { name, path: `${folder}/${name}`, kind: 'file', bytes: Buffer.from(text) };
  });
}
