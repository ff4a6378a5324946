import type { Fault } from './fault.ts';

/** A fault that a test wants. What is left out matches everything. */
export interface PlannedFault {
  readonly operation?: 'send' | 'bounce';
  readonly destination?: string;
  /** How many calls fail; every one if left out. */
  readonly times?: number;
  /** `before`: the call has no effect. `after`: SES takes the mail, and its answer is lost. */
  readonly when?: 'before' | 'after';
  readonly fault: Fault;
}

export interface PlannedFaults {
  /** Returns a function that takes the plan back. */
  plan(fault: PlannedFault): () => void;
  /** The fault of a call that happens now; counts it. */
  next(operation: 'send' | 'bounce', destination: string): PlannedFault | undefined;
}

export function plannedFaults(): PlannedFaults {
  const plans = new Map<PlannedFault, number>();
  return {
    plan: (planned) => {
      plans.set(planned, planned.times ?? Number.POSITIVE_INFINITY);
      return () => plans.delete(planned);
    },
    next: (operation, destination) => {
      for (const [planned, left] of plans) {
        const matches =
          left > 0 &&
          (planned.operation ?? operation) === operation &&
          (planned.destination ?? destination) === destination;
        if (!matches) continue;
        plans.set(planned, left - 1);
        return planned;
      }
      return undefined;
    },
  };
}
