import { type Directory, mainDomain } from '../../../schema/src/directory/resolve.ts';
import { destinationsOf } from '../../../schema/src/records/aliasFields.ts';
import type { Definition } from '../../../schema/src/records/records.ts';
import { joinAddress } from '../../../schema/src/text/address.ts';
import { sameMembers } from './plan.ts';

/** Whether two versions of an alias lead to the same, however often and in whatever form they say it. */
export function sameDestinations(
  was: Definition,
  is: Definition,
  directory: Pick<Directory, 'aliasDomains'>,
): boolean {
  return sameMembers([...meaningsOf(was, directory).keys()], [...meaningsOf(is, directory).keys()]);
}

/** What an alias's destinations mean, each with the form in which it stands there first. */
export function meaningsOf(
  definition: Definition,
  directory: Pick<Directory, 'aliasDomains'>,
): ReadonlyMap<string, string> {
  const firsts = new Map<string, string>();
  for (const [place, { value }] of destinationsOf(definition).entries()) {
    const text = definition.destinations[place] ?? '';
    const domain = value?.kind === 'address' ? mainDomain(directory, value.domain) : definition.domain;
    const meaning = value === undefined ? text : joinAddress(value.local, domain);
    if (!firsts.has(meaning)) firsts.set(meaning, text);
  }
  return firsts;
}
