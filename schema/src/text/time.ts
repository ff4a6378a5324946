declare const unit: unique symbol;

/** An epoch time or a duration in seconds, as DynamoDB's rows and TTL have it. */
export type Seconds = number & { readonly [unit]: 'seconds' };
/** An epoch time or a duration in milliseconds, as the clock and timers have it. */
export type Milliseconds = number & { readonly [unit]: 'milliseconds' };
/** `YYYY-MM-DD`, in UTC. Days compare as texts do. */
export type Day = string & { readonly [unit]: 'day' };

/** Says that a number is in seconds: for constants, and where a row or an event is read. */
export function seconds(value: number): Seconds {
  return value as Seconds;
}

/** Says that a number is in milliseconds: for constants, and where a clock or an event is read. */
export function milliseconds(value: number): Milliseconds {
  return value as Milliseconds;
}

/** Whole seconds, rounded down. */
export function toSeconds(time: Milliseconds): Seconds {
  return Math.floor(time / 1_000) as Seconds;
}

export function toMilliseconds(time: Seconds): Milliseconds {
  return (time * 1_000) as Milliseconds;
}

/** A time and a duration, or two durations, of one unit. */
export function plus<Unit extends Seconds | Milliseconds>(time: Unit, duration: NoInfer<Unit>): Unit {
  return (time + duration) as Unit;
}

/** What has passed from one time to a later one of the same unit. */
export function since<Unit extends Seconds | Milliseconds>(earlier: Unit, now: NoInfer<Unit>): Unit {
  return (now - earlier) as Unit;
}

/** Says that a text is a day: for constants. */
export function day(text: string): Day {
  return text as Day;
}

/** The day of an epoch time. */
export function dayOf(time: Seconds): Day {
  return new Date(time * 1_000).toISOString().slice(0, 10) as Day;
}
