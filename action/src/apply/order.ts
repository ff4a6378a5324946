import { withoutSubaddress } from '../../../schema/src/address.ts';
import { isInForce, type Moment, resolve } from '../../../schema/src/resolve.ts';
import type { Change, DefinitionChange, DomainChange } from '../plan/change.ts';
import type { Plan } from '../plan/plan.ts';
import { bridgesOf } from './bridges.ts';
import { layersOf } from './layers.ts';

/** Changes that may be written in any order, or at once. */
export interface Step {
  readonly changes: readonly Change[];
}

/** What is written before a barrier: the mail of the phases before is live when the next one begins. */
export interface Phase {
  readonly name: 'definitions' | 'domains' | 'deletes';
  readonly steps: readonly Step[];
}

/**
 * The order in which no address is ever worse off than both before and after, wherever the run is cut. Definitions
 * are created, then updated; an alias is written once all that it refers to is as it will be, and what ends up with
 * nobody comes last. Then the domains; deletes end the run.
 */
export function order(plan: Plan, moment: Moment): Phase[] {
  const definitions = plan.changes.filter((change) => change.table === 'definitions');
  const domains = plan.changes.filter((change) => change.table === 'domains');
  const written = definitions.filter(({ kind }) => kind !== 'delete');
  const deleted = definitions.filter(({ kind }) => kind === 'delete');
  const bridges = bridgesOf(plan);
  const phases: Phase[] = [
    { name: 'definitions', steps: upserts(plan, written, bridges.opening, moment) },
    { name: 'domains', steps: domainSteps(domains) },
    { name: 'deletes', steps: deletes(deleted, bridges.closing) },
  ];
  return phases.filter(({ steps }) => steps.length > 0);
}

function upserts(
  plan: Plan,
  changes: readonly DefinitionChange[],
  opening: ReadonlySet<Change>,
  { today }: Moment,
): Step[] {
  const ends = changes.filter((change) => {
    if (change.kind === 'delete' || !isInForce(change.after, today)) return true;
    return resolve(plan.after, change.after, today).destinations.length === 0;
  });
  const last = new Set<Change>(ends);
  const rest = changes.filter((change) => !last.has(change) && !opening.has(change));
  const first = changes.filter((change) => opening.has(change));
  return [
    ...step(first),
    ...layersOf(plan, rest, today).flatMap((layer) => step(layer)),
    ...step(ends.filter((change) => !opening.has(change))),
  ];
}

/** A domain that comes or moves is there before another one goes. */
function domainSteps(changes: readonly DomainChange[]): Step[] {
  return [
    ...step(changes.filter(({ kind }) => kind !== 'delete')),
    ...step(changes.filter(({ kind }) => kind === 'delete')),
  ];
}

/**
 * `john` goes before `john+lists`: the other way round its mail would fall to a `john` that may be switched off, and
 * not yet to the catch-all.
 */
function deletes(changes: readonly DefinitionChange[], closing: ReadonlySet<Change>): Step[] {
  const others = changes.filter((change) => !closing.has(change));
  return [
    ...step(others.filter(({ key }) => withoutSubaddress(key.alias ?? '') === undefined)),
    ...step(others.filter(({ key }) => withoutSubaddress(key.alias ?? '') !== undefined)),
    ...step(changes.filter((change) => closing.has(change))),
  ];
}

function step(changes: readonly Change[]): Step[] {
  return changes.length === 0 ? [] : [{ changes }];
}
