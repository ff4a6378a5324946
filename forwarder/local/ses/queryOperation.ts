import type { Fault } from './fault.ts';
import type { Ses } from './ses.ts';
import type { Xml } from './xml.ts';

/** `'lost'`: the call took effect, and its caller is not to hear of it. */
export type QueryAnswer = { readonly [element: string]: Xml } | Fault | 'lost';

/** An operation of version 1 of the API. `call` holds its arguments, flattened: `Destinations.member.1`. */
export type QueryOperation = (ses: Ses, call: URLSearchParams) => QueryAnswer | Promise<QueryAnswer>;

/** The prefixes of a list's members: `Name.member.1`, and so on. */
export function members(call: URLSearchParams, name: string): readonly string[] {
  const numbers = [...call.keys()].flatMap((key) => {
    const found =
      key.startsWith(`${name}.member.`) && /^\d+/.exec(key.slice(name.length + '.member.'.length));
    return found ? [Number(found[0])] : [];
  });
  return [...new Set(numbers)].sort((a, b) => a - b).map((number) => `${name}.member.${number}`);
}
