import { type Graph, type Target, type Walk, walk } from '../directory/graph.ts';
import { createDirectory, type Directory, follow, mainDomain } from '../directory/resolve.ts';
import type { Language } from '../messages/message.ts';
import type { Definition, DomainRecord, Records } from '../records/records.ts';
import { type Destination, type Parsed, splitAddress } from '../text/address.ts';
import { compareText } from '../text/diagnostic.ts';
import type { SourceFile } from '../text/source.ts';
import type { Loaded } from './load.ts';
import {
  type AliasEntry,
  type AliasFile,
  type DomainFile,
  type Reading,
  readAliasFile,
  readDomainFile,
} from './model.ts';
import { type PolicyFile, readPolicyFile } from './policy.ts';
import { mayBeDefined, type Unread, unreadOf } from './unread.ts';

export interface CheckOptions {
  /** `YYYY-MM-DD`, UTC. */
  readonly today: string;
  /** Local parts that no alias may have. */
  readonly reserved: readonly string[];
  /** The folder as it is shown to the user. */
  readonly folder: string;
  /** The files of the pull request's base: what was wrong there already is not held against the change. */
  readonly base?: readonly SourceFile[];
  /** What the diagnostics are written in; without it, as `_policy.yml` says. */
  readonly language?: Language;
  /** Whether mail is to go by the files as they are: then they may not be the template's samples alone either. */
  readonly isLive?: boolean;
}

/** All files together, as the rules see them. */
export interface Repository {
  readonly options: CheckOptions;
  readonly loaded: readonly Loaded[];
  /** Files of the right shape, in name order. */
  readonly domainFiles: readonly DomainFile[];
  readonly shared?: AliasFile;
  readonly policyFile?: PolicyFile;
  readonly unread: Unread;
  /** The file that has each managed domain: the first, where two claim it. */
  readonly fileOf: ReadonlyMap<string, DomainFile>;
  /** Sorted by domain, then alias; the first of each name. */
  readonly aliases: readonly OwnedAlias[];
  readonly records: Records;
  readonly directory: Directory;
  readonly references: References;
  readonly walk: Walk;
}

export function assemble(loaded: readonly Loaded[], options: CheckOptions): Repository {
  const domainFiles = loaded.flatMap(({ file, role, root }) =>
    role === 'domain' && root !== undefined ? [readDomainFile(file, root)] : [],
  );
  const shared = loaded.find(({ role }) => role === 'shared');
  const policy = loaded.find(({ role }) => role === 'policy');
  const sharedFile = shared?.root && readAliasFile(shared.file, shared.root);
  const fileOf = filesByDomain(domainFiles);
  const unread = unreadOf(loaded, fileOf, sharedFile);
  const aliases = ownedAliases(fileOf, sharedFile, unread);
  const records = {
    definitions: aliases.map(({ definition }) => definition),
    domains: domainRecords(fileOf),
  };
  const directory = createDirectory(records);
  const references = connect(aliases, directory, unread);
  return {
    options,
    loaded,
    domainFiles,
    ...(sharedFile && { shared: sharedFile }),
    ...(policy?.root && { policyFile: readPolicyFile(policy.root) }),
    unread,
    fileOf,
    aliases,
    records,
    directory,
    references,
    walk: walk(references),
  };
}

/** The files with aliases: those of the domains, and `_shared.yml`. */
export function aliasFiles({ domainFiles, shared }: Repository): readonly AliasFile[] {
  return shared === undefined ? domainFiles : [...domainFiles, shared];
}

function filesByDomain(files: readonly DomainFile[]): Map<string, DomainFile> {
  const byDomain = new Map<string, DomainFile>();
  for (const file of files) {
    const domain = file.domain.read.value;
    if (domain !== undefined && !byDomain.has(domain)) byDomain.set(domain, file);
  }
  return new Map([...byDomain].sort(([a], [b]) => compareText(a, b)));
}

function ownedAliases(
  fileOf: ReadonlyMap<string, DomainFile>,
  shared: AliasFile | undefined,
  unread: Unread,
): OwnedAlias[] {
  const all: OwnedAlias[] = [];
  for (const [domain, file] of fileOf) {
    const byName = new Map<string, OwnedAlias>();
    const claim = (entries: readonly AliasEntry[], isShared: boolean): void => {
      for (const entry of entries) {
        const alias = entry.name.read.value;
        if (alias === undefined || byName.has(alias)) continue;
        if (isShared && mayBeDefined(unread, domain, alias)) continue;
        byName.set(alias, { domain, entry, isShared, definition: { domain, alias, ...entry.fields } });
      }
    };
    claim(file.aliases, false);
    claim(shared?.aliases ?? [], true);
    for (const one of [...byName.values()].sort(byAlias)) all.push(one);
  }
  return all;
}

function byAlias(a: OwnedAlias, b: OwnedAlias): number {
  return compareText(a.definition.alias, b.definition.alias);
}

/** Managed domains win over alias domains, earlier files over later ones. */
function domainRecords(fileOf: ReadonlyMap<string, DomainFile>): DomainRecord[] {
  const records = new Map<string, DomainRecord>();
  for (const [domain, { filter }] of fileOf) {
    records.set(domain, { domain, ...(filter === undefined ? {} : { filter }) });
  }
  for (const [aliasfor, file] of fileOf) {
    for (const { read } of file.aliasDomains) {
      if (read.value !== undefined && !records.has(read.value)) {
        records.set(read.value, { domain: read.value, aliasfor });
      }
    }
  }
  return [...records.values()].sort((a, b) => compareText(a.domain, b.domain));
}

/** An alias of a domain: its own, or one that it has from `_shared.yml`. */
export interface OwnedAlias {
  readonly domain: string;
  readonly entry: AliasEntry;
  readonly isShared: boolean;
  readonly definition: Definition;
}

export interface Edge {
  readonly destination: Reading<Destination>;
  readonly target: Target;
}

/** The graph of the files: each edge with the destination that it was written as. */
export interface References extends Graph {
  readonly aliases: readonly OwnedAlias[];
  readonly edges: readonly (readonly Edge[])[];
}

export function connect(aliases: readonly OwnedAlias[], directory: Directory, unread: Unread): References {
  const numbers = new Map<Definition, number>(aliases.map(({ definition }, number) => [definition, number]));

  const targetOf = (domain: string, { value }: Parsed<Destination>): Target => {
    if (value === undefined) return 'illegal';
    const found = follow(directory, domain, value);
    if (found.kind === 'mailbox')
      return unread.domains.has(splitAddress(found.address).domain) ? 'unjudged' : 'outside';
    if (found.kind === 'undefined') {
      const at = value.kind === 'address' ? mainDomain(directory, value.domain) : domain;
      return mayBeDefined(unread, at, value.local) ? 'unjudged' : 'undefined';
    }
    return numbers.get(found.definition) ?? 'unjudged';
  };

  const edges = aliases.map(({ domain, entry }) =>
    entry.destinations.map((destination) => ({ destination, target: targetOf(domain, destination.read) })),
  );
  return { aliases, edges };
}
