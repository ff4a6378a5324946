import { mainDomain } from '../../../schema/src/directory/resolve.ts';
import type { Protection } from '../../../schema/src/files/policy.ts';
import { say } from '../../../schema/src/messages/message.ts';
import { splitAddress } from '../../../schema/src/text/address.ts';
import { sameMembers } from '../plan/plan.ts';
import type { Judge } from './reason.ts';
import { listed } from './reason.ts';

/** Who reads a protected alias would change. One of a domain that is new has had no readers, and is no change. */
export const protectedReaders: Judge = ({ addresses, policy, plan: { before, after } }) => {
  const isProtected = ({ local, domain }: { readonly local: string; readonly domain: string }) =>
    policy.protected.some(
      (one: Protection) =>
        one.alias === local &&
        (one.domain === undefined ||
          one.domain === mainDomain(before, domain) ||
          one.domain === mainDomain(after, domain)),
    );
  const about = addresses
    .filter(({ address, before: had, after: has }) => {
      const parts = splitAddress(address);
      return before.domains.has(parts.domain) && isProtected(parts) && !sameMembers(had, has);
    })
    .map(({ address, after: has }) => ({ name: address, outcome: [...has].sort().join() }));
  if (about.length === 0) return [];
  const message = say(
    'Who gets mail to {names} would change, and {count, plural, one {this address is} other {these addresses are}} protected.',
    { names: listed(about), count: about.length },
  );
  return [{ code: 'protected', message, about }];
};
