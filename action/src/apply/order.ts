import type { Moment } from '../../../schema/src/resolve.ts';
import type { Change, DefinitionChange, DomainChange } from '../plan/change.ts';
import type { Plan } from '../plan/plan.ts';
import { bridgesOf } from './bridges.ts';
import { hasNobody } from './hasNobody.ts';
import { aftersOf, heirsOf, withHeirs } from './heirs.ts';
import { beforesOf, givingLayers, takingLayers } from './layers.ts';
import { isMoved, movedDomains, movingOf } from './moving.ts';

/** Changes that may be written in any order; `together` where only all of them at once do no harm. */
export interface Step {
  readonly changes: readonly Change[];
  readonly together: boolean;
}

/** What is written before a barrier: the mail of the phases before is live when the next one begins. */
export interface Phase {
  readonly name: 'definitions' | 'domains' | 'deletes';
  readonly steps: readonly Step[];
}

/**
 * The order in which no address is ever worse off than both before and after, wherever the run is cut. Definitions
 * are created, then updated, and those that had nobody are deleted; then the domains, which may lead to what these
 * stood in front of; what takes mail away ends the run.
 */
export function order(plan: Plan, { today }: Moment): Phase[] {
  const definitions = plan.changes.filter((change) => change.table === 'definitions');
  const domains = plan.changes.filter((change) => change.table === 'domains');
  const { opening, closing } = bridgesOf(plan);
  const others = definitions.filter((change) => !opening.has(change) && !closing.has(change));
  const heirs = heirsOf(plan, others, today);
  const taking = others.filter((change) => !heirs.has(change) && takesAway(plan, change, today));
  const full = taking.filter((change) => !isHollow(plan, change, today));
  const giving = others.filter((change) => heirs.has(change) || !takesAway(plan, change, today));
  const moved = movedDomains(plan);
  const moving = new Set([
    ...movingOf(withHeirs(plan.after, heirs.values()), aftersOf(giving, heirs), moved, today),
    ...movingOf(plan.before, beforesOf(full), moved, today),
  ]);
  const stays = (change: DefinitionChange): boolean => !moving.has(change);
  const phases: Phase[] = [
    {
      name: 'definitions',
      steps: [
        ...step(
          definitions.filter((change) => opening.has(change)),
          true,
        ),
        ...givingLayers(plan, giving.filter(stays), heirs, today).flatMap((layer) => step(layer)),
        ...step(taking.filter((change) => isHollow(plan, change, today))),
      ],
    },
    { name: 'domains', steps: domainSteps(domains, moved, moving) },
    {
      name: 'deletes',
      steps: [
        ...takingLayers(plan, full.filter(stays), today).flatMap((layer) => step(layer)),
        ...step(
          definitions.filter((change) => closing.has(change)),
          true,
        ),
      ],
    },
  ];
  return phases.filter(({ steps }) => steps.length > 0);
}

/** Whether an alias is written so that it has nobody: like a delete, that waits until all that gives is live. */
function takesAway(plan: Plan, change: DefinitionChange, today: string): boolean {
  return change.kind === 'delete' || hasNobody(plan.after, change.after, today);
}

/**
 * Whether a delete takes nothing from anybody: the alias had nobody. While it is there it stands in front of a
 * catch-all, also for an alias domain that is about to lead to it.
 */
function isHollow(plan: Plan, change: DefinitionChange, today: string): boolean {
  return change.kind === 'delete' && hasNobody(plan.before, change.before.record, today);
}

/** What leads through domains that move goes with them, at once; a domain that comes is there before another goes. */
function domainSteps(
  changes: readonly DomainChange[],
  moved: ReadonlySet<string>,
  moving: ReadonlySet<DefinitionChange>,
): Step[] {
  const isWithThem = (change: DomainChange): boolean => moving.size > 0 && isMoved(change, moved);
  const others = changes.filter((change) => !isWithThem(change));
  return [
    ...step([...changes.filter(isWithThem), ...moving], true),
    ...step(others.filter(({ kind }) => kind !== 'delete')),
    ...step(others.filter(({ kind }) => kind === 'delete')),
  ];
}

function step(changes: readonly Change[], together = false): Step[] {
  return changes.length === 0 ? [] : [{ changes, together }];
}
