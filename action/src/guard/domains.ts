import { type Directory, mailboxDomains } from '../../../schema/src/directory/resolve.ts';
import { isPublicProvider } from '../../../schema/src/text/providers.ts';
import type { Judge, Subject } from './reason.ts';

/** Domains would be given up as a whole, alias domains too. */
export const domainRemoved: Judge = ({ plan: { before, after } }) => {
  const gone = missingFrom(after, before);
  if (gone.length === 0) return [];
  const message =
    gone.length === 1
      ? `${gone.join()} would be given up: its mail would reach nobody.`
      : `${gone.length} domains would be given up, and their mail would reach nobody: ${gone.join(', ')}.`;
  return [{ code: 'domain-removed', message, about: gone.map((name) => ({ name, outcome: 'removed' })) }];
};

/** A domain would be added that `domains:` of `_policy.yml` does not have, where there is that list. */
export const domainAdded: Judge = ({ plan: { before, after }, policy: { domains } }) => {
  if (domains === undefined) return [];
  const come = missingFrom(before, after).filter((domain) => !domains.includes(domain));
  if (come.length === 0) return [];
  const message =
    come.length === 1
      ? `${come.join()} would be added, and is not one of the \`domains:\` in _policy.yml.`
      : `${come.length} domains would be added that are not among the \`domains:\` in _policy.yml: ${come.join(', ')}.`;
  return [{ code: 'domain-added', message, about: come.map((name) => becoming(after, name)) }];
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
  const message =
    taken.length === 1
      ? `${taken.join()} would become a domain of this group, and is where people have their mailboxes.`
      : `${taken.length} domains would become domains of this group, and are where people have their mailboxes: ${taken.join(', ')}.`;
  return [{ code: 'mailbox-domain', message, about: taken.map((name) => becoming(after, name)) }];
};

/** The domains of `there` that are not in `here`, sorted. */
function missingFrom(here: Directory, there: Directory): string[] {
  return [...there.domains].filter((domain) => !here.domains.has(domain)).sort();
}

function becoming({ aliasDomains }: Directory, name: string): Subject {
  const main = aliasDomains.get(name);
  return { name, outcome: main === undefined ? 'managed' : `alias domain of ${main}` };
}
