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
