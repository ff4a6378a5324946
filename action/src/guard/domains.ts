import { type Directory, mailboxDomains } from '../../../schema/src/directory/resolve.ts';
import { say } from '../../../schema/src/messages/message.ts';
import { isPublicProvider } from '../../../schema/src/text/providers.ts';
import { type Judge, listed, type Subject } from './reason.ts';

/** Domains would be given up as a whole, alias domains too. */
export const domainRemoved: Judge = ({ plan: { before, after } }) => {
  const gone = missingFrom(after, before);
  if (gone.length === 0) return [];
  const about = gone.map((name) => ({ name, outcome: 'removed' }));
  const message = say('{names} would be given up: mail to any address there would reach nobody.', {
    names: listed(about),
  });
  return [{ code: 'domain-removed', message, about }];
};

/** A domain would be added that `domains:` of `_policy.yml` does not have, where there is that list. */
export const domainAdded: Judge = ({ plan: { before, after }, policy: { domains } }) => {
  if (domains === undefined) return [];
  const come = missingFrom(before, after).filter((domain) => !domains.includes(domain));
  if (come.length === 0) return [];
  const about = come.map((name) => becoming(after, name));
  const message = say(
    '{names} would be added, and {count, plural, one {is} other {are}} not among the domains that _policy.yml lists.',
    { names: listed(about), count: about.length },
  );
  return [{ code: 'domain-added', message, about }];
};

/**
 * A domain would become managed, or an alias domain, although mail is forwarded to mailboxes there: it would no longer
 * leave, but go where the files say. The same for a public provider, where it could only be a mistake or worse.
 */
export const mailboxDomain: Judge = ({ plan: { before, after } }) => {
  const come = missingFrom(before, after);
  if (come.length === 0) return [];
  const used = mailboxDomains(before);
  const taken = come.filter((domain) => used.has(domain) || isPublicProvider(domain));
  if (taken.length === 0) return [];
  const about = taken.map((name) => becoming(after, name));
  const message = say(
    '{names} would become {count, plural, one {a domain of this group, and is} other {domains of this group, and are}} where people have their mailboxes.',
    { names: listed(about), count: about.length },
  );
  return [{ code: 'mailbox-domain', message, about }];
};

/** The domains of `there` that are not in `here`, sorted. */
function missingFrom(here: Directory, there: Directory): string[] {
  return [...there.domains].filter((domain) => !here.domains.has(domain)).sort();
}

function becoming({ aliasDomains }: Directory, name: string): Subject {
  const main = aliasDomains.get(name);
  return { name, outcome: main === undefined ? 'managed' : `alias domain of ${main}` };
}
