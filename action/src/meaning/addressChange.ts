import {
  type Directory,
  explain,
  follow,
  isInForce,
  lookup,
  type Moment,
  mainDomain,
  resolve,
} from '../../../schema/src/directory/resolve.ts';
import type { Message } from '../../../schema/src/messages/message.ts';
import { destinationsOf } from '../../../schema/src/records/aliasFields.ts';
import { type Address, joinAddress, splitAddress } from '../../../schema/src/text/address.ts';
import type { Effect, Plan } from '../plan/plan.ts';
import { type Called, keyOf, nameIn, onlyMailbox, type Recipient, twinOf } from './people.ts';
import { whyOf } from './whyChanged.ts';

/** An address whose mail goes elsewhere, for members. */
export interface AddressChange {
  readonly address: Address;
  readonly kind: ChangeKind;
  /** Whom it reaches until now, groups as one; those who go come first. */
  readonly before: readonly Recipient[];
  /** Whom it reaches from now on; those who come are first. */
  readonly after: readonly Recipient[];
  /** The people that come and go, one by one. */
  readonly come: readonly Recipient[];
  readonly gone: readonly Recipient[];
  readonly why: Message;
}

/** What becomes of an address: it gets its first recipients, others, or has none left. */
export type ChangeKind = 'new' | 'other' | 'gone';

export function kindOf({ before, after }: Effect): ChangeKind {
  return before.length === 0 ? 'new' : after.length === 0 ? 'gone' : 'other';
}

export function addressChange(
  effect: Effect,
  { before, after }: Pick<Plan, 'before' | 'after'>,
  moment: Moment,
  called: Called,
): AddressChange {
  const { address } = effect;
  const call = (mailboxes: readonly Address[]): Recipient[] =>
    mailboxes.map((mailbox) => called(mailbox, address));
  const [had, has] = [new Set(effect.before), new Set(effect.after)];
  const come = effect.after.filter((mailbox) => !had.has(mailbox));
  const gone = effect.before.filter((mailbox) => !has.has(mailbox));
  const groups = {
    before: grouped(before, after, address, moment, called),
    after: grouped(after, before, address, moment, called),
  };
  // What looks the same with its groups is told person by person.
  const isClear = !sameKeys(groups.before, groups.after);
  const was = isClear
    ? groups.before
    : call([...gone, ...effect.before.filter((mailbox) => has.has(mailbox))]);
  const is = isClear ? groups.after : call([...come, ...effect.after.filter((mailbox) => had.has(mailbox))]);
  const kept = new Set(was.map(keyOf).filter((key) => is.some((one) => keyOf(one) === key)));
  return {
    address,
    kind: kindOf(effect),
    before: changedFirst(was, kept),
    after: changedFirst(is, kept),
    come: call(come),
    gone: call(gone),
    why: whyOf(address, before, after, moment),
  };
}

/** Whom an address reaches, by what its alias names: a group counts as one. */
function grouped(
  here: Directory,
  other: Directory,
  address: Address,
  moment: Moment,
  called: Called,
): Recipient[] {
  const { definition, status } = lookup(here, address, moment);
  if (definition === undefined || status !== 'active') return [];
  const domain = mainDomain(here, splitAddress(address).domain);
  const of = joinAddress(splitAddress(address).local, domain);
  const found = new Map<string, Recipient>();
  const keep = (recipient: Recipient): void => void found.set(keyOf(recipient), recipient);
  for (const { value } of destinationsOf(definition)) {
    const target = value && follow(here, definition.domain, value);
    if (target?.kind === 'mailbox') keep(called(target.address, of));
    if (target?.kind !== 'alias' || !isInForce(target.definition, moment.today)) continue;
    const { destinations, path } = resolve(here, target.definition, moment.today);
    const [only, ...others] = destinations;
    const name = nameIn(target.definition, domain);
    if (only === undefined) continue;
    if (others.length > 0) {
      const isOfPeople = !path.some((address) => hasSeveralMailboxes(here, address));
      keep({ kind: 'group', name, count: destinations.length, of: isOfPeople ? 'people' : 'mailboxes' });
    } else if (onlyMailbox(here, target.definition) !== only) keep(called(only, of));
    else {
      const twin = twinOf(other, target.definition);
      const isSame = twin === undefined || onlyMailbox(other, twin) === only;
      keep(isSame ? { kind: 'person', name } : called(only, of));
    }
  }
  // A cycle, or what the tables hold by mistake, leads to nobody by one way and to somebody by another.
  return found.size === 0
    ? explain(here, address, moment).destinations.map((mailbox) => called(mailbox, of))
    : [...found.values()];
}

/** Whether an alias is one person's with more than one mailbox. */
function hasSeveralMailboxes(directory: Directory, address: Address): boolean {
  const { local, domain } = splitAddress(address);
  const definition = twinOf(directory, { alias: local, domain });
  return definition?.type === 'person' && definition.destinations.length > 1;
}

function changedFirst(recipients: readonly Recipient[], kept: ReadonlySet<string>): Recipient[] {
  return recipients.toSorted((a, b) => Number(kept.has(keyOf(a))) - Number(kept.has(keyOf(b))));
}

function sameKeys(one: readonly Recipient[], other: readonly Recipient[]): boolean {
  const keys = new Set(one.map(keyOf));
  return one.length === other.length && other.every((recipient) => keys.has(keyOf(recipient)));
}
