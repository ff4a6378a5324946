import type { Policy, Protection, Threshold } from '../../../schema/src/files/policy.ts';
import { type Language, type Message, say } from '../../../schema/src/messages/message.ts';
import type { Judge, Subject } from './reason.ts';

/** A point of `_policy.yml` that changes. `isLooser`: something becomes possible that was not. */
export interface PolicyChange extends Subject {
  readonly isLooser: boolean;
  /** What changes, for people. */
  readonly sentence: Message;
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
  const changes = { and: about.map(({ sentence }) => sentence) };
  const message = say('The rules in _policy.yml would become looser: {changes}.', { changes });
  return [{ code: 'policy-loosened', message, about }];
};

/** What differs between two policies, in the order of the file. */
export function policyChanges(base: Policy, head: Policy): PolicyChange[] {
  return [
    ...protectionChanges(base.protected, head.protected),
    ...listChanges('allowedDomains', base.allowedDomains, head.allowedDomains),
    ...listChanges('domains', base.domains, head.domains),
    ...(['removals', 'redirects'] as const).flatMap((name) =>
      thresholdChanges(name, base.guard[name], head.guard[name]),
    ),
    ...languageChange(base.language, head.language),
  ];
}

function languageChange(before: Language, after: Language): PolicyChange[] {
  if (before === after) return [];
  const sentence = say('comments are written in {language}', {
    language: say(after === 'fr' ? 'French' : 'English'),
  });
  return [{ name: 'language', outcome: after, isLooser: false, sentence }];
}

function protectionChanges(base: readonly Protection[], head: readonly Protection[]): PolicyChange[] {
  const [was, is] = [minimums(base), minimums(head)];
  return [...new Set([...was.keys(), ...is.keys()])].flatMap((alias) => {
    const [before, after] = [was.get(alias) ?? 0, is.get(alias) ?? 0];
    if (before === after) return [];
    const parts = { alias, before, after };
    const sentence =
      after === 0
        ? say('{alias} is no longer protected', parts)
        : before === 0
          ? say('{alias} must reach at least {after, plural, one {# mailbox} other {# mailboxes}}', parts)
          : say(
              '{alias} must reach at least {after, plural, one {# mailbox} other {# mailboxes}} instead of {before}',
              parts,
            );
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

const listWords = {
  allowedDomains: {
    gone: 'destinations may be at any domain',
    begun: 'destinations may be at {domains} alone',
    none: 'destinations may be at no other domain',
    come: 'destinations may be at {domain}',
    lost: 'destinations may no longer be at {domain}',
  },
  domains: {
    gone: 'this group may manage any domain',
    begun: 'this group may manage {domains} alone',
    none: 'this group may manage no domain',
    come: 'this group may manage {domain}',
    lost: 'this group may no longer manage {domain}',
  },
} as const;

function listChanges(
  name: keyof typeof listWords,
  base?: readonly string[],
  head?: readonly string[],
): PolicyChange[] {
  const words = listWords[name];
  const change = (outcome: string, isLooser: boolean, sentence: Message): PolicyChange => ({
    name,
    outcome,
    isLooser,
    sentence,
  });
  if (base === undefined && head === undefined) return [];
  if (head === undefined) return [change('', true, say(words.gone))];
  if (base === undefined) {
    const sentence = head.length === 0 ? say(words.none) : say(words.begun, { domains: { and: head } });
    return [change(head.join(), false, sentence)];
  }
  const come = head.filter((domain) => !base.includes(domain));
  const gone = base.filter((domain) => !head.includes(domain));
  return [
    ...come.map((domain) => change(`+${domain}`, true, say(words.come, { domain }))),
    ...gone.map((domain) => change(`-${domain}`, false, say(words.lost, { domain }))),
  ];
}

const limitWords = {
  removals:
    'as many as {newCount} addresses, or {newShare, number} % of them, may stop working at once, instead of {oldCount} or {oldShare, number} %',
  redirects:
    'as many as {newCount} addresses, or {newShare, number} % of them, may get other readers at once, instead of {oldCount} or {oldShare, number} %',
} as const;

function thresholdChanges(name: keyof typeof limitWords, base: Threshold, head: Threshold): PolicyChange[] {
  if (base.atLeast === head.atLeast && base.share === head.share) return [];
  const percent = ({ share }: Threshold): number => Math.round(share * 1000) / 10;
  return [
    {
      name: `guard: ${name}`,
      outcome: `${head.atLeast} or ${percent(head)} %`,
      isLooser: head.atLeast > base.atLeast || head.share > base.share,
      sentence: say(limitWords[name], {
        newCount: head.atLeast,
        newShare: percent(head),
        oldCount: base.atLeast,
        oldShare: percent(base),
      }),
    },
  ];
}
