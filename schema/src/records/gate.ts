import type { Language } from '../messages/message.ts';

/**
 * The row `#sync` of the Domains table: the gate that a sync opens before its first write and closes after its last.
 * While it is open the tables are between two revisions of the files, and no build publishes them.
 */
export interface Gate {
  readonly state: 'open' | 'closed';
  /** Increases by one with each opening. A build publishes what it read only if the number is the same before and after. */
  readonly number: number;
  /** The commit that is, or was last, brought to the tables; absent where nobody said which. */
  readonly commit?: string;
  /** The run that wrote the row, as a link or a name. */
  readonly run: string;
  /** Epoch seconds of this state's beginning. */
  readonly at: number;
  /** What reports to senders are written in, as `_policy.yml` says; absent for English. */
  readonly language?: Language;
  /** What syncs were allowed to do although a reason stood against it; the last sync's come first. */
  readonly overrides?: readonly Override[];
  /** How many more there were, for which the row has no room. */
  readonly forgotten?: number;
}

/** Somebody allowed what a reason stood against, and a sync did it. */
export interface Override {
  /** The number of the gate of the sync that did it. */
  readonly sync: number;
  /** The reason's code, or the name of another option that takes a yes. */
  readonly code: string;
  /** What it was about, by name: addresses, domains, files. */
  readonly about: readonly string[];
  /** How many more names there were. */
  readonly more: number;
  /** Who allowed it. */
  readonly by: string;
  /** Epoch seconds. */
  readonly at: number;
}

/** Keys of the Domains table that are no domains. `#build` holds the build's lease and the number it published. */
export const gateKey = '#sync';
export const buildKey = '#build';

/** Seconds. A sync takes a minute or two: a gate that is open for longer was left so by a run that was cut short. */
export const staleAfter = 15 * 60;

/** Whether a gate was left open: mail goes on as it was before that run, and no change arrives until another run ends. */
export function isStale(gate: Gate | undefined, now: number): boolean {
  return gate?.state === 'open' && now - gate.at >= staleAfter;
}

/** Rows of an earlier version have no number, and say `started` and `done`. */
export function readGate(item: Readonly<Record<string, unknown>> | undefined): Gate | undefined {
  if (item === undefined) return undefined;
  const { state, number, commit, run, at } = item;
  const overrides = Array.isArray(item.overrides) ? item.overrides.flatMap(readOverride) : [];
  const forgotten = Number(item.forgotten) || 0;
  return {
    state: state === 'open' || state === 'started' ? 'open' : 'closed',
    number: Number(number) || 0,
    ...(typeof commit === 'string' ? { commit } : {}),
    run: typeof run === 'string' ? run : '',
    at: Number(at) || 0,
    ...(item.language === 'fr' ? { language: 'fr' as const } : {}),
    ...(overrides.length === 0 ? {} : { overrides }),
    ...(forgotten === 0 ? {} : { forgotten }),
  };
}

function readOverride(item: unknown): Override[] {
  if (item === null || typeof item !== 'object') return [];
  const of = (name: string): unknown => Reflect.get(item, name);
  const [code, by, about] = [of('code'), of('by'), of('about')];
  if (typeof code !== 'string' || typeof by !== 'string') return [];
  return [
    {
      sync: Number(of('sync')) || 0,
      code,
      about: Array.isArray(about) ? about.filter((name) => typeof name === 'string') : [],
      more: Number(of('more')) || 0,
      by,
      at: Number(of('at')) || 0,
    },
  ];
}

/** One of which all names are there. */
export type FreshOverride = Omit<Override, 'more'>;

/** Bytes of an override's names, and of all overrides: DynamoDB takes 400 KB an item, and each transaction has this one. */
const namesLimit = 8 * 1024;
const overridesLimit = 96 * 1024;

/**
 * What the gate of a new sync says of overrides: those of this sync, then the earlier ones, as many as the row has room
 * for. A sync that takes over from one that was cut short goes on with what that was allowed, so these become its own.
 */
export function keptOverrides(
  previous: Gate | undefined,
  fresh: readonly FreshOverride[],
  sync: number,
): Pick<Gate, 'overrides' | 'forgotten'> {
  const goesOn = (one: Override): boolean => previous?.state === 'open' && one.sync === previous.number;
  const earlier = (previous?.overrides ?? []).map((one) => (goesOn(one) ? { ...one, sync } : one));
  const all = [...fresh.map(withRoom), ...earlier];
  const overrides = fitting(all, overridesLimit);
  const forgotten = (previous?.forgotten ?? 0) + all.length - overrides.length;
  return {
    ...(overrides.length === 0 ? {} : { overrides }),
    ...(forgotten === 0 ? {} : { forgotten }),
  };
}

/** The overrides of the sync that wrote last. */
export function lastOverrides(gate: Gate | undefined): readonly Override[] {
  return gate?.overrides?.filter(({ sync }) => sync === gate.number) ?? [];
}

function withRoom(override: FreshOverride): Override {
  const about = fitting(override.about, namesLimit);
  return { ...override, about, more: override.about.length - about.length };
}

/** The first ones, as many as have room in so many bytes. */
function fitting<T>(items: readonly T[], limit: number): T[] {
  let bytes = 0;
  const end = items.findIndex((item) => {
    bytes += Buffer.byteLength(JSON.stringify(item));
    return bytes > limit;
  });
  return items.slice(0, end === -1 ? items.length : end);
}
