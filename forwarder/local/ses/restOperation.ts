import type { Fault } from './fault.ts';
import type { Ses } from './ses.ts';

/** `'lost'`: the call took effect, and its caller is not to hear of it. */
export type RestAnswer = Readonly<Record<string, unknown>> | Fault | 'lost';

/** The arguments of a call: the name in its path, if it has one, and its JSON. */
interface RestCall {
  readonly name: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** An operation of version 2 of the API. */
export type RestOperation = (ses: Ses, call: RestCall) => RestAnswer | Promise<RestAnswer>;
