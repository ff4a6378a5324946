import { parseDomain } from '../text/address.ts';

/** What a file in the folder is for, by its name: `misnamed` looks like one of ours and is none, `other` is ignored. */
export type FileRole = 'domain' | 'shared' | 'policy' | 'misnamed' | 'other';

/** The role of a file by its name relative to the folder; what is in a subfolder has none. */
export function roleOf(name: string): FileRole {
  if (name.startsWith('.') || name.includes('/') || !isYaml(name)) return 'other';
  const stem = stemOf(name).toLowerCase();
  if (stem === '_shared') return 'shared';
  if (stem === '_policy') return 'policy';
  return stem.startsWith('_') ? 'misnamed' : 'domain';
}

/** Whether a file is named like YAML, and so is read. */
export function isYaml(name: string): boolean {
  return /\.ya?ml$/i.test(name);
}

/** The name that a file of one of our roles should have; undefined where its stem is no domain. */
export function properName(name: string): string | undefined {
  const role = roleOf(name);
  if (role === 'shared' || role === 'policy') return `_${role}.yml`;
  const domain = role === 'domain' ? domainOf(name) : undefined;
  return domain === undefined ? undefined : `${domain}.yml`;
}

/** The domain, folded, that a file is called after. */
export function domainOf(name: string): string | undefined {
  return parseDomain(stemOf(name)).value;
}

function stemOf(name: string): string {
  return name.replace(/\.ya?ml$/i, '');
}

/**
 * The name that a file would have if it were read, for one that is not: its ending is missing, misspelt or hidden by
 * another one, or it is in a subfolder. Undefined for what is read, and for what is nothing like an alias file.
 */
export function meantName(name: string): string | undefined {
  const folders = name.split('/');
  const base = folders.pop() ?? '';
  if ([...folders, base].some((part) => part.startsWith('.'))) return undefined;
  if (roleOf(base) !== 'other') return folders.length === 0 ? undefined : properName(base);
  const [, special] = /^_(shared|policy)(?:\..*)?$/i.exec(base) ?? [];
  if (special !== undefined) return `_${special.toLowerCase()}.yml`;
  const [, stem] = hiddenEnding.exec(base) ?? misspeltEnding.exec(base) ?? [];
  if (stem !== undefined) return properName(`${stem}.yml`);
  return isDocument(base) ? undefined : properName(`${base}.yml`);
}

/** As in `example.com.yml.txt`, `example.com.yaml~`, `example.com.yml (1)`. */
const hiddenEnding = /^(.+?)\.ya?ml[^a-z0-9].*$/i;
const misspeltEnding = /^(.+)\.(?:ym|yl|yam|yal|ylm|ymal|yalm|ymll|yamll|yyml)$/i;

/** Some of these endings are top-level domains too, such as `md`; in a folder of text files they are documents. */
const endings = new Set(
  (
    'adoc bak cfg cjs conf css csv diff doc docx eml gif gz htm html ico ics ini java jpeg jpg js json jsonc lock log md ' +
    'mjs odp ods odt old orig patch pdf png ppt pptx py rej rst rtf sh sql svg swp tar tmp toml ts tsv txt vcf webp xls ' +
    'xlsx xml zip'
  ).split(' '),
);

function isDocument(base: string): boolean {
  const ending = base.slice(base.lastIndexOf('.') + 1).toLowerCase();
  return endings.has(ending) || /^(?:changelog|contributing|license|readme)\b/i.test(base);
}
