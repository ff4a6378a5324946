import { type Directory, type Moment, mainDomain } from '../../../schema/src/directory/resolve.ts';
import type { Message } from '../../../schema/src/messages/message.ts';
import { splitAddress } from '../../../schema/src/text/address.ts';
import type { Effect, Plan } from '../plan/plan.ts';
import { type AddressChange, addressChange, type ChangeKind, kindOf } from './addressChange.ts';
import { type Drawing, drawingOf } from './drawing.ts';
import { type Ending, endingsOf } from './endings.ts';
import { peopleOf } from './people.ts';
import { remarksOf } from './remarks.ts';

/** What a plan means to members: who gets mail now, who did before, from when, and what else it changes. */
export interface ChangeMeaning {
  /** Addresses of each kind, also those that `addresses` leaves out. */
  readonly counts: Readonly<Record<ChangeKind, number>>;
  readonly addresses: readonly AddressChange[];
  /** Domains, and other names of them, that come and go as a whole, or become a name of another one. */
  readonly domains: Readonly<Record<'come' | 'moved' | 'gone', readonly string[]>>;
  /** Domains of these addresses that have other names too. */
  readonly alsoAt: readonly { readonly domain: string; readonly names: readonly string[] }[];
  /** In order of their days. */
  readonly endings: readonly Ending[];
  /** What changes besides, a sentence each. */
  readonly remarks: readonly Message[];
  /** There where the way from an address to its people is long, or many groups change. */
  readonly drawing?: Drawing;
}

/** More than has room in a comment. */
const shownLimit = 500;

export function meaningOf(plan: Plan, moment: Moment): ChangeMeaning {
  const { before, after } = plan;
  const called = peopleOf(before, after);
  // A domain that becomes another name of one, or no longer is, is told once, and not address by address.
  const effects = plan.effects.filter((effect) => !isAtOtherName(effect, before, after));
  const counts = { new: 0, other: 0, gone: 0 };
  for (const effect of effects) counts[kindOf(effect)] += 1;
  const addresses = effects.slice(0, shownLimit).map((effect) => addressChange(effect, plan, moment, called));
  const drawing = drawingOf(addresses, plan, moment, called);
  return {
    counts,
    addresses,
    domains: {
      come: [...after.domains].filter((domain) => !before.domains.has(domain)),
      moved: [...after.aliasDomains.keys()].filter((domain) => isMoved(domain, before, after)),
      gone: [...before.domains].filter((domain) => !after.domains.has(domain)),
    },
    alsoAt: otherNames(addresses, before, after),
    endings: endingsOf(plan, moment, called),
    remarks: remarksOf(plan, moment),
    ...(drawing === undefined ? {} : { drawing }),
  };
}

/** Whether anything is left to tell. */
export function meansNothing({ counts, endings, remarks }: ChangeMeaning): boolean {
  return counts.new + counts.other + counts.gone + endings.length + remarks.length === 0;
}

function isAtOtherName({ address }: Effect, before: Directory, after: Directory): boolean {
  const { domain } = splitAddress(address);
  return after.aliasDomains.has(domain) || (before.aliasDomains.has(domain) && !after.domains.has(domain));
}

function isMoved(domain: string, before: Directory, after: Directory): boolean {
  return before.domains.has(domain) && mainDomain(before, domain) !== mainDomain(after, domain);
}

function otherNames(
  addresses: readonly AddressChange[],
  before: Directory,
  after: Directory,
): ChangeMeaning['alsoAt'] {
  const domains = new Set(addresses.map(({ address }) => splitAddress(address).domain));
  return [...domains].flatMap((domain) => {
    const names = [...after.aliasDomains]
      .filter(([name, main]) => main === domain && before.aliasDomains.get(name) === main)
      .map(([name]) => name);
    return names.length === 0 ? [] : [{ domain, names }];
  });
}
