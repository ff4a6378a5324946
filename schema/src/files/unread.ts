import { parseDomain, parseLocalPart, withoutSubaddress } from '../text/address.ts';
import { meantNames } from '../text/spelling.ts';
import { domainOf } from './fileNames.ts';
import type { Loaded } from './load.ts';
import type { AliasFile } from './model.ts';

/** What could not be read, and so is not held against those who refer to it. Names are folded. */
export interface Unread {
  /** Those whose file could not be read, and those that such a file names, perhaps as its domain or alias domain. */
  readonly domains: ReadonlySet<string>;
  /** Whether `_shared.yml` is there and could not be read, so that nobody knows which aliases it has. */
  readonly isShared: boolean;
  /** By domain, the aliases that have mistakes of shape, or the names that one may mean whose name is not valid; those of
   * `_shared.yml` are in each. */
  readonly aliases: ReadonlyMap<string, ReadonlySet<string>>;
}

export function unreadOf(
  loaded: readonly Loaded[],
  fileOf: ReadonlyMap<string, AliasFile>,
  sharedFile: AliasFile | undefined,
): Unread {
  const unreadFiles = loaded.filter(({ role, root }) => role === 'domain' && root === undefined);
  const shared = loaded.find(({ role }) => role === 'shared');
  const namesOf = new Map(loaded.map(({ file, unread }) => [file, unread]));
  const namesIn = (file: AliasFile | undefined): string[] => [
    ...(file === undefined ? [] : (namesOf.get(file.file) ?? []).flatMap(folded)),
    ...(file?.aliases ?? []).flatMap(({ name }) => (name.read.fault ? meantNames(name.text.text) : [])),
  ];
  const sharedNames = namesIn(sharedFile);
  const aliases = [...fileOf].flatMap(([domain, file]) => {
    const names = new Set([...namesIn(file), ...sharedNames]);
    return names.size === 0 ? [] : [[domain, names] as const];
  });
  return {
    domains: new Set(unreadFiles.flatMap(domainsIn)),
    isShared: shared !== undefined && shared.root === undefined,
    aliases: new Map(aliases),
  };
}

/** Whether an alias may be defined where it could not be read. */
export function mayBeDefined({ isShared, aliases }: Unread, domain: string, local: string): boolean {
  const names = aliases.get(domain);
  return isShared || names?.has(local) === true || names?.has(withoutSubaddress(local) ?? local) === true;
}

function folded(name: string): string[] {
  const { value } = parseLocalPart(name);
  return value === undefined ? [] : [value];
}

/** The domain of the file's name, and what else in it looks like one and is no part of an address. */
function domainsIn({ file }: Loaded): string[] {
  const text = new TextDecoder().decode(file.bytes);
  const written =
    text.match(/(?<![\p{L}\p{N}.@+-])[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+(?![\p{L}\p{N}@-])/gu) ?? [];
  const domains = [...new Set(written)].map((one) => parseDomain(one).value);
  return [domainOf(file.name), ...domains].flatMap((domain) => (domain === undefined ? [] : [domain]));
}
