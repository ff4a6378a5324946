/** What a function's environment is started with. */
export interface Assignment {
  readonly file: string;
  readonly exported: string;
  readonly name: string;
  readonly arn: string;
  readonly memoryMb: number;
}

export interface Invocation {
  readonly requestId: string;
  /** The event as JSON, as it crosses the wire. */
  readonly event: string;
  /** Epoch milliseconds. */
  readonly deadline: number;
}

/** What Lambda says of a failed invocation. */
interface Failure {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace?: readonly string[];
}

/** An answer as JSON, or the error that the handler threw. */
export type Outcome = { readonly answer: string } | { readonly failure: Failure };
