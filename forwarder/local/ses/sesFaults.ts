/** What an API call is refused with. `code` is the error's name in the protocol that answers. */
export interface Fault {
  readonly status: number;
  readonly code: string;
  readonly message: string;
}

export function isFault(value: object): value is Fault {
  return 'code' in value && 'status' in value;
}

const texts: Readonly<Record<string, { readonly status: number; readonly message: string }>> = {
  TooManyRequestsException: { status: 429, message: 'Too many requests' },
  Throttling: { status: 400, message: 'Maximum sending rate exceeded.' },
  LimitExceededException: { status: 400, message: 'Daily message quota exceeded.' },
  AccountSuspendedException: { status: 400, message: 'The account is suspended.' },
  SendingPausedException: { status: 400, message: 'Email sending is disabled for this account.' },
  MailFromDomainNotVerifiedException: {
    status: 400,
    message: 'The custom MAIL FROM domain is not verified.',
  },
  MessageRejected: { status: 400, message: 'Email is rejected.' },
  BadRequestException: { status: 400, message: 'The request is not valid.' },
  InvalidParameterValue: { status: 400, message: 'The parameter is not valid.' },
  NotFoundException: { status: 404, message: 'Not found.' },
  InternalFailure: { status: 500, message: 'An internal failure occurred.' },
  ServiceUnavailable: { status: 503, message: 'The service is unavailable.' },
};

/** The fault of this name with SES's text, or with one of your own. */
export function fault(code: string, message?: string): Fault {
  const known = texts[code];
  return { status: known?.status ?? 400, code, message: message ?? known?.message ?? code };
}

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

interface PlannedFaults {
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
