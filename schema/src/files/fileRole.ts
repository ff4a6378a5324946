import { parseDomain } from '../text/address.ts';

/** What a file in the folder is for, by its name: `misnamed` looks like one of ours and is none, `other` is ignored. */
export type FileRole = 'domain' | 'shared' | 'policy' | 'misnamed' | 'other';

export function roleOf(name: string): FileRole {
  if (name.startsWith('.') || !/\.ya?ml$/i.test(name)) return 'other';
  const stem = stemOf(name).toLowerCase();
  if (stem === '_shared') return 'shared';
  if (stem === '_policy') return 'policy';
  return stem.startsWith('_') ? 'misnamed' : 'domain';
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
