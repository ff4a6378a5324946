import { type Directory, follow } from '../../../schema/src/directory/resolve.ts';
import { destinationsOf } from '../../../schema/src/records/aliasFields.ts';
import type { Definition } from '../../../schema/src/records/records.ts';
import { type Address, catchAll, joinAddress, splitAddress } from '../../../schema/src/text/address.ts';
import { compareText } from '../../../schema/src/text/diagnostic.ts';

/** Whom mail reaches, as members call them. `name` is an alias: its local part, with the domain where that is another. */
export type Recipient =
  /** An alias that is this person's mailbox and nothing else. */
  | { readonly kind: 'person'; readonly name: string }
  /** A mailbox that no alias stands for. */
  | { readonly kind: 'mailbox'; readonly address: Address }
  | {
      readonly kind: 'group';
      readonly name: string;
      readonly count: number;
      /** Of what: somebody in it has several mailboxes, so that there are fewer people. */
      readonly of: 'people' | 'mailboxes';
    };

/** Names a mailbox for whoever reads about the address `of`, which is not explained by itself. */
export type Called = (mailbox: Address, of: Address) => Recipient;

/**
 * How the mailboxes of a change are called: by the alias that stands for them before the change as well as after it, or
 * on the one side that has it; but an address that is renamed is not explained by its other name. One alias never
 * stands for two mailboxes.
 */
export function peopleOf(before: Directory, after: Directory): Called {
  const names = new Map<Address, Definition[]>();
  const keep = (definition: Definition, mailbox: Address): void => {
    const known = names.get(mailbox);
    if (known === undefined) names.set(mailbox, [definition]);
    else known.push(definition);
  };
  for (const definition of definitionsOf(after)) {
    if (!isPersonal(definition)) continue;
    const mailbox = onlyMailbox(after, definition);
    const was = twinOf(before, definition);
    if (mailbox === undefined || (was !== undefined && onlyMailbox(before, was) !== mailbox)) continue;
    keep(definition, mailbox);
  }
  for (const definition of definitionsOf(before)) {
    const mailbox = onlyMailbox(before, definition);
    const isPerson = isPersonal(definition) && twinOf(after, definition) === undefined;
    if (mailbox !== undefined && isPerson) keep(definition, mailbox);
  }
  for (const [mailbox, known] of names) names.set(mailbox, bestFirst(known, mailbox));
  const isOneSided = (one: Definition): boolean =>
    twinOf(before, one) === undefined || twinOf(after, one) === undefined;
  return (mailbox, of) => {
    const { local, domain } = splitAddress(of);
    const known = names.get(mailbox) ?? [];
    const isOf = (one: Definition): boolean => one.alias === local && one.domain === domain;
    const isRenamed = known.some(isOf);
    const isOther = (one: Definition): boolean => !isOf(one) && !(isRenamed && isOneSided(one));
    const found = known.find((one) => one.domain === domain && isOther(one)) ?? known.find(isOther);
    return found === undefined
      ? { kind: 'mailbox', address: mailbox }
      : { kind: 'person', name: nameIn(found, domain) };
  };
}

/** An alias's name for somebody who thinks of a domain. */
export function nameIn({ alias, domain }: Pick<Definition, 'alias' | 'domain'>, here: string): string {
  return domain === here ? alias : joinAddress(alias, domain);
}

/** Names of offices that every domain has or may have (RFC 2142): they say nothing about who holds them. */
const offices = new Set(
  'postmaster abuse hostmaster webmaster www info marketing sales support security noc news usenet uucp ftp'.split(
    ' ',
  ),
);

/** Whether an alias may be how people call somebody. */
function isPersonal({ type, alias }: Definition): boolean {
  return type === 'person' && !offices.has(alias);
}

/** Tells recipients apart. */
export function keyOf(recipient: Recipient): string {
  switch (recipient.kind) {
    case 'mailbox':
      return `mailbox ${recipient.address}`;
    case 'person':
      return `alias ${recipient.name}`;
    case 'group':
      return `alias ${recipient.name} ${recipient.count}`;
  }
}

/** The mailbox that an alias is, where it is one and nothing else; switched off, it is still how somebody is called. */
export function onlyMailbox(directory: Directory, definition: Definition): Address | undefined {
  const [destination, ...others] = destinationsOf(definition);
  if (definition.alias === catchAll || others.length > 0) return undefined;
  if (destination?.value === undefined) return undefined;
  const target = follow(directory, definition.domain, destination.value);
  return target.kind === 'mailbox' ? target.address : undefined;
}

export function twinOf(
  { definitions }: Directory,
  { domain, alias }: Pick<Definition, 'alias' | 'domain'>,
): Definition | undefined {
  return definitions.get(domain)?.get(alias);
}

function* definitionsOf({ definitions }: Directory): Generator<Definition> {
  for (const aliases of definitions.values()) yield* aliases.values();
}

/** A person's own name stands for them better than an office that they hold. */
function bestFirst(known: readonly Definition[], mailbox: Address): Definition[] {
  const { local } = splitAddress(mailbox);
  const rank = ({ alias }: Definition): number => (resembles(alias, local) ? 0 : 1);
  return known.toSorted((a, b) => rank(a) - rank(b) || compareText(a.alias, b.alias));
}

/** Whether a word of one name is in the other. */
function resembles(alias: string, local: string): boolean {
  return alias.split(/[^\p{L}\p{N}]+/u).some((word) => word.length > 2 && local.includes(word));
}
