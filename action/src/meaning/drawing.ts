import { type Directory, follow, isInForce, type Moment } from '../../../schema/src/directory/resolve.ts';
import { destinationsOf } from '../../../schema/src/records/aliasFields.ts';
import { type Address, joinAddress, splitAddress } from '../../../schema/src/text/address.ts';
import type { Plan } from '../plan/plan.ts';
import type { AddressChange } from './addressChange.ts';
import { type Called, nameIn, onlyMailbox, type Recipient } from './people.ts';

/** Who reaches whom, step by step. */
export interface Drawing {
  readonly arrows: readonly Arrow[];
}

export interface Arrow {
  readonly from: Recipient;
  readonly to: Recipient;
  readonly kind: 'kept' | 'new' | 'gone';
}

/** So many steps or changed groups are hard to follow in a table. */
const drawnFrom = 3;
/** Arrows beyond which a drawing explains nothing. */
const arrowLimit = 40;

/** Undefined where the table says it well enough, or a drawing could not. */
export function drawingOf(
  addresses: readonly AddressChange[],
  { before, after }: Pick<Plan, 'before' | 'after'>,
  { today }: Moment,
  called: Called,
): Drawing | undefined {
  const starts = addresses.filter(({ kind }) => kind !== 'gone').map(({ address }) => address);
  const [first] = addresses;
  if (first === undefined || starts.length > arrowLimit) return undefined;
  const { domain: here } = splitAddress(first.address);
  const sides = [before, after].map((directory) => stepsFrom(starts, directory, today, here, called));
  const [was = new Map(), is = new Map()] = sides;
  const groups = addresses.filter(({ address }) => (is.get(address)?.size ?? 0) > 1);
  if (groups.length < drawnFrom && !sides.some((steps) => starts.some((start) => isLong(steps, start)))) {
    return undefined;
  }
  const arrows = [...new Set([...was.keys(), ...is.keys()])].flatMap((address) => {
    const [old, fresh] = [was.get(address) ?? new Map(), is.get(address) ?? new Map()];
    const from = recipientOf(address, here);
    const all: ReadonlyMap<string, Recipient> = new Map([...old, ...fresh]);
    return [...all].map(([key, to]): Arrow => {
      const kind = !old.has(key) ? 'new' : !fresh.has(key) ? 'gone' : 'kept';
      return { from, to, kind };
    });
  });
  return arrows.length > arrowLimit ? undefined : { arrows };
}

type Steps = ReadonlyMap<Address, ReadonlyMap<string, Recipient>>;

/** What each alias that mail comes by names directly, by a key that tells them apart. */
function stepsFrom(
  starts: readonly Address[],
  directory: Directory,
  today: string,
  here: string,
  called: Called,
): Steps {
  const steps = new Map<Address, Map<string, Recipient>>();
  const left = [...starts];
  for (let address = left.pop(); address !== undefined; address = left.pop()) {
    const { local, domain } = splitAddress(address);
    const definition = directory.definitions.get(domain)?.get(local);
    if (steps.has(address) || definition === undefined || !isInForce(definition, today)) continue;
    const next = new Map<string, Recipient>();
    steps.set(address, next);
    if (steps.size > arrowLimit) break;
    for (const { value } of destinationsOf(definition)) {
      const target = value && follow(directory, domain, value);
      if (target?.kind === 'mailbox') {
        const person = called(target.address, address);
        next.set(aliasKey(person, domain) ?? target.address, inView(person, domain, here));
      }
      if (target?.kind !== 'alias' || !isInForce(target.definition, today)) continue;
      const alias = joinAddress(target.definition.alias, target.definition.domain);
      next.set(alias, recipientOf(alias, here));
      // Whoever is called by this name is drawn once.
      if (onlyMailbox(directory, target.definition) === undefined) left.push(alias);
    }
  }
  return steps;
}

function recipientOf(address: Address, here: string): Recipient {
  const { local, domain } = splitAddress(address);
  return { kind: 'person', name: nameIn({ alias: local, domain }, here) };
}

/** The alias that a person is called by: whoever is reached by it and without it is drawn once. */
function aliasKey(recipient: Recipient, domain: string): string | undefined {
  if (recipient.kind !== 'person') return undefined;
  return recipient.name.includes('@') ? recipient.name : `${recipient.name}@${domain}`;
}

/** Names in a drawing are those that one domain has for all. */
function inView(recipient: Recipient, domain: string, here: string): Recipient {
  if (recipient.kind !== 'person' || domain === here) return recipient;
  const address = aliasKey(recipient, domain) ?? '';
  return {
    kind: 'person',
    name: address.endsWith(`@${here}`) ? address.slice(0, -here.length - 1) : address,
  };
}

/** Whether three steps lead on from an address; cycles are none. */
function isLong(steps: Steps, start: Address): boolean {
  let reached: ReadonlySet<string> = new Set([start]);
  for (let step = 0; step < drawnFrom; step += 1) {
    reached = new Set([...steps].flatMap(([from, to]) => (reached.has(from) ? [...to.keys()] : [])));
    if (reached.size === 0) return false;
  }
  return true;
}
