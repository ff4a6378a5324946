import {
  type Directory,
  explain,
  isExpired,
  isInForce,
  lookup,
  type Match,
  type Moment,
} from '../../../schema/src/directory/resolve.ts';
import { type Message, say } from '../../../schema/src/messages/message.ts';
import type { Definition } from '../../../schema/src/records/records.ts';
import { type Address, catchAll, joinAddress, splitAddress } from '../../../schema/src/text/address.ts';
import { sameMembers } from '../plan/plan.ts';
import { nameIn, twinOf } from './people.ts';

/** Why an address's mail goes elsewhere: what happened to its own line, or to those that it refers to. */
export function whyOf(address: Address, before: Directory, after: Directory, moment: Moment): Message {
  const [was, is] = [lookup(before, address, moment), lookup(after, address, moment)];
  if (was.matched !== 'exact' && is.matched === 'exact') return ofNewLine(was);
  if (was.matched === 'exact' && is.matched !== 'exact') return ofGoneLine(is);
  if (was.definition !== undefined && is.definition !== undefined) {
    const own = ofOwnLine(was.definition, is.definition, moment);
    if (own !== undefined) return own;
  }
  const names = changedOnTheWay(address, before, after, moment);
  return names.length === 0
    ? say('its domain changes')
    : say('{names} {count, plural, one {changes} other {change}}', {
        names: { and: names },
        count: names.length,
      });
}

function ofNewLine({ definition }: Match): Message {
  return definition === undefined
    ? say('its line is new')
    : say('its line is new; until now {alias} took its mail', { alias: shownName(definition) });
}

function ofGoneLine({ definition }: Match): Message {
  return definition === undefined
    ? say('its line is gone')
    : say('its line is gone, and {alias} takes its mail', { alias: shownName(definition) });
}

/** As the files have it. */
function shownName({ alias }: Definition): string {
  return alias === catchAll ? `"${catchAll}"` : alias;
}

/** Undefined where the line itself says the same about mail. */
function ofOwnLine(was: Definition, is: Definition, { today }: Moment): Message | undefined {
  if (was.active && !is.active) return say('switched off');
  if (!was.active && is.active) return say('switched on');
  if (!isExpired(was, today) && isExpired(is, today)) return say('its last day is over');
  if (isExpired(was, today) && !isExpired(is, today)) return say('it works for longer');
  return sameMembers(was.destinations, is.destinations) ? undefined : say('its destinations change');
}

/** As many as somebody looks up. */
const namedLimit = 5;

/** The aliases on the way of whom other things are said than before. */
function changedOnTheWay(
  address: Address,
  before: Directory,
  after: Directory,
  moment: Moment,
): readonly string[] {
  const { domain } = splitAddress(address);
  const way = [before, after].flatMap((directory) => explain(directory, address, moment).path);
  const skipped = [before, after].flatMap((directory) => referredBy(directory, way));
  const changed = [...new Set([...way, ...skipped])].filter((alias) => {
    if (alias === address) return false;
    const { local, domain: at } = splitAddress(alias);
    const [was, is] = [before, after].map((one) => twinOf(one, { alias: local, domain: at }));
    if (was === undefined || is === undefined) return was !== is;
    return isInForce(was, moment.today) !== isInForce(is, moment.today) || !saysTheSame(was, is);
  });
  return changed.slice(0, namedLimit).map((alias) => {
    const { local, domain: at } = splitAddress(alias);
    return nameIn({ alias: local, domain: at }, domain);
  });
}

function saysTheSame(was: Definition, is: Definition): boolean {
  return sameMembers(was.destinations, is.destinations);
}

/** Aliases that those on the way name, also where they are switched off and so are not on it. */
function referredBy(directory: Directory, way: readonly Address[]): Address[] {
  return way.flatMap((alias) => {
    const { local, domain } = splitAddress(alias);
    const destinations = twinOf(directory, { alias: local, domain })?.destinations ?? [];
    return destinations
      .filter((name) => directory.definitions.get(domain)?.has(name))
      .map((name) => joinAddress(name, domain));
  });
}
