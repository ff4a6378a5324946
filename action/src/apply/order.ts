import type { Moment } from '../../../schema/src/resolve.ts';
import type { Change, DefinitionChange, DomainChange } from '../plan/change.ts';
import type { Plan } from '../plan/plan.ts';
import { bridgesOf } from './bridges.ts';
import { givingLayers, hasNobody, takingLayers } from './layers.ts';

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
 * are created, then updated; then the domains; what is deleted or switched off ends the run.
 */
export function order(plan: Plan, { today }: Moment): Phase[] {
  const definitions = plan.changes.filter((change) => change.table === 'definitions');
  const { opening, closing } = bridgesOf(plan);
  const bridged = new Set([...opening, ...closing]);
  const others = definitions.filter((change) => !bridged.has(change));
  const giving = others.filter((change) => !takesAway(plan, change, today));
  const taking = others.filter((change) => takesAway(plan, change, today));
  const phases: Phase[] = [
    {
      name: 'definitions',
      steps: [
        ...step(
          definitions.filter((change) => opening.has(change)),
          true,
        ),
        ...givingLayers(plan, giving, today).flatMap((layer) => step(layer)),
      ],
    },
    { name: 'domains', steps: domainSteps(plan.changes.filter((change) => change.table === 'domains')) },
    {
      name: 'deletes',
      steps: [
        ...takingLayers(plan, taking, today).flatMap((layer) => step(layer)),
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

/** A domain that comes or moves is there before another one goes. */
function domainSteps(changes: readonly DomainChange[]): Step[] {
  return [
    ...step(changes.filter(({ kind }) => kind !== 'delete')),
    ...step(changes.filter(({ kind }) => kind === 'delete')),
  ];
}

function step(changes: readonly Change[], together = false): Step[] {
  return changes.length === 0 ? [] : [{ changes, together }];
}
