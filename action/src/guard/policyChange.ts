import type { Policy, Protection, Threshold } from '../../../schema/src/files/policy.ts';
import type { Language } from '../../../schema/src/messages/message.ts';
import type { Judge, Subject } from './reason.ts';

/** A point of `_policy.yml` that changes. `isLooser`: something becomes possible that was not. */
export interface PolicyChange extends Subject {
  readonly isLooser: boolean;
  /** What changes, for people. */
  readonly sentence: string;
}

/** The stricter of two policies in each point: a change can loosen nothing, and what it tightens holds at once. */
export function strictest(base: Policy | undefined, head: Policy): Policy {
  if (base === undefined) return head;
  const allowedDomains = inBoth(base.allowedDomains, head.allowedDomains);
  const domains = inBoth(base.domains, head.domains);
  return {
    protected: [...base.protected, ...head.protected],
    ...(allowedDomains === undefined ? {} : { allowedDomains }),
    ...(domains === undefined ? {} : { domains }),
    guard: {
      removals: lower(base.guard.removals, head.guard.removals),
      redirects: lower(base.guard.redirects, head.guard.redirects),
    },
    language: head.language,
  };
}

function inBoth(one?: readonly string[], other?: readonly string[]): readonly string[] | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return one.filter((domain) => other.includes(domain));
}

function lower(one: Threshold, other: Threshold): Threshold {
  return { atLeast: Math.min(one.atLeast, other.atLeast), share: Math.min(one.share, other.share) };
}

/** `_policy.yml` would allow what it does not allow now. */
export const policyLoosened: Judge = ({ basePolicy, headPolicy }) => {
  const about = policyChanges(basePolicy ?? headPolicy, headPolicy).filter(({ isLooser }) => isLooser);
  if (about.length === 0) return [];
  const message = `The rules in _policy.yml would become looser: ${about.map(({ sentence }) => sentence).join('; ')}.`;
  return [{ code: 'policy-loosened', message, about }];
};

/** What differs between two policies, in the order of the file. */
export function policyChanges(base: Policy, head: Policy): PolicyChange[] {
  return [
    ...protectionChanges(base.protected, head.protected),
    ...listChanges('allowedDomains', 'destinations may be at', base.allowedDomains, head.allowedDomains),
    ...listChanges('domains', 'this group may manage', base.domains, head.domains),
    ...(['removals', 'redirects'] as const).flatMap((name) =>
      thresholdChanges(name, base.guard[name], head.guard[name]),
    ),
    ...languageChange(base.language, head.language),
  ];
}

function languageChange(before: Language, after: Language): PolicyChange[] {
  if (before === after) return [];
  const sentence = `comments are written in ${after === 'fr' ? 'French' : 'English'}`;
  return [{ name: 'language', outcome: after, isLooser: false, sentence }];
}

function protectionChanges(base: readonly Protection[], head: readonly Protection[]): PolicyChange[] {
  const [was, is] = [minimums(base), minimums(head)];
  return [...new Set([...was.keys(), ...is.keys()])].flatMap((alias) => {
    const [before, after] = [was.get(alias) ?? 0, is.get(alias) ?? 0];
    if (before === after) return [];
    const sentence =
      after === 0
        ? `${alias} is no longer protected`
        : `${alias} must reach at least ${after} ${after === 1 ? 'mailbox' : 'mailboxes'}${before === 0 ? '' : ` instead of ${before}`}`;
    return [{ name: `protected: ${alias}`, outcome: String(after), isLooser: after < before, sentence }];
  });
}

function minimums(protections: readonly Protection[]): Map<string, number> {
  const found = new Map<string, number>();
  for (const { alias, domain, minimum } of protections) {
    const name = domain === undefined ? alias : `${alias}@${domain}`;
    found.set(name, Math.max(minimum, found.get(name) ?? 0));
  }
  return found;
}

function listChanges(
  name: string,
  what: string,
  base?: readonly string[],
  head?: readonly string[],
): PolicyChange[] {
  const change = (outcome: string, isLooser: boolean, sentence: string): PolicyChange => ({
    name,
    outcome,
    isLooser,
    sentence,
  });
  if (base === undefined && head === undefined) return [];
  if (head === undefined) return [change('', true, `the list of domains that ${what} is gone`)];
  if (base === undefined) {
    return [change(head.join(), false, `the only domains that ${what} are ${head.join(', ') || 'none'}`)];
  }
  const come = head.filter((domain) => !base.includes(domain));
  const gone = base.filter((domain) => !head.includes(domain));
  return [
    ...come.map((domain) => change(`+${domain}`, true, `${domain} becomes a domain that ${what}`)),
    ...gone.map((domain) => change(`-${domain}`, false, `${domain} is no longer a domain that ${what}`)),
  ];
}

function thresholdChanges(name: 'removals' | 'redirects', base: Threshold, head: Threshold): PolicyChange[] {
  if (base.atLeast === head.atLeast && base.share === head.share) return [];
  const say = ({ atLeast, share }: Threshold) => `${atLeast} or ${Math.round(share * 1000) / 10} %`;
  return [
    {
      name: `guard: ${name}`,
      outcome: say(head),
      isLooser: head.atLeast > base.atLeast || head.share > base.share,
      sentence: `the limit of ${name} becomes ${say(head)} instead of ${say(base)}`,
    },
  ];
}
