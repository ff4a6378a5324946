import type { Checked, SourceFile } from '../../../schema/src/check.ts';
import { createDirectory, type Followed, follow } from '../../../schema/src/directory/resolve.ts';
import { domainOf, roleOf } from '../../../schema/src/files/fileNames.ts';
import { type Message, say } from '../../../schema/src/messages/message.ts';
import { destinationsOf } from '../../../schema/src/records/aliasFields.ts';
import type { Records } from '../../../schema/src/records/records.ts';
import { compareText, hasErrors } from '../../../schema/src/text/diagnostic.ts';
import { outcomeOf, type Rows, recordsOf } from './change.ts';
import { type DiffOptions, diff } from './diff.ts';

/** Domains that keep what the tables have, alias domains too, and why: the end of a sentence. */
export type Held = ReadonlyMap<string, Message>;

/**
 * The domains whose files have errors. Undefined where an error may concern every domain: it is in `_policy.yml` or
 * `_shared.yml`, is about the folder, or is in a file whose name does not say which domain it is for.
 */
export function mistakenDomains(
  { diagnostics, fileOf }: Checked,
  files: readonly SourceFile[],
): Held | undefined {
  const names = new Map(files.map(({ path, name }) => [path, name]));
  const counts = new Map<string, number>();
  for (const { severity, file } of diagnostics) {
    if (severity === 'error') counts.set(file, (counts.get(file) ?? 0) + 1);
  }
  const mistaken = new Map<string, Message>();
  for (const [path, count] of counts) {
    const name = names.get(path) ?? '';
    const named = roleOf(name) === 'domain' ? domainOf(name) : undefined;
    if (named === undefined) return undefined;
    const why = say('{file} has {count, plural, one {an error} other {# errors}}', { file: path, count });
    // A file may say that it is for another domain than its name does.
    const inside = [...fileOf].flatMap(([domain, from]) => (from === path ? [domain] : []));
    for (const domain of [named, ...inside]) mistaken.set(domain, why);
  }
  return mistaken;
}

export interface Desired extends Checked {
  readonly mistaken: Held;
}

/** Checked files that can be planned; they may have errors only where it is known which domains to hold for them. */
export function desiredOf(
  checked: Checked,
  files: readonly SourceFile[],
  holds: boolean,
): Desired | undefined {
  if (!hasErrors(checked.diagnostics)) return { ...checked, mistaken: new Map() };
  const mistaken = holds ? mistakenDomains(checked, files) : undefined;
  return mistaken && { ...checked, mistaken };
}

export interface Hold {
  /** What the files say of the other domains. */
  readonly desired: Records;
  readonly held: Held;
}

/**
 * Keeps what the tables have of domains whose files have errors. What depends on them is held too: domains whose
 * files refer to them, those with which they share alias domains, and those that would lose an alias to which a held
 * domain's rows refer.
 */
export function hold(rows: Rows, desired: Records, mistaken: Held, options: DiffOptions): Hold {
  if (mistaken.size === 0) return { desired, held: mistaken };
  const ties = tiesOf(rows, desired);
  let held = spread(mistaken, ties);
  for (;;) {
    const others = {
      definitions: desired.definitions.filter(({ domain }) => !held.has(domain)),
      domains: desired.domains.filter(({ domain }) => !held.has(domain)),
    };
    const more = takenFromHeld(rows, others, { ...options, held });
    if (more.size === 0) return { desired: others, held: sorted(held) };
    held = spread(new Map([...held, ...more]), ties);
  }
}

function sorted(held: Held): Held {
  return new Map([...held].sort(([a], [b]) => compareText(a, b)));
}

/** By domain: those that are held with it, and why. */
type Ties = ReadonlyMap<string, ReadonlyMap<string, Message>>;

function tiesOf(rows: Rows, desired: Records): Ties {
  const ties = new Map<string, Map<string, Message>>();
  const tie = (domain: string, other: string, why: Message): void => {
    const tied = ties.get(domain);
    if (tied === undefined) ties.set(domain, new Map([[other, why]]));
    else if (!tied.has(other)) tied.set(other, why);
  };
  for (const { domain, aliasfor } of [...recordsOf(rows).domains, ...desired.domains]) {
    if (aliasfor === undefined) continue;
    tie(aliasfor, domain, say('it is an alias domain of {main}', { main: aliasfor }));
    tie(domain, aliasfor, say('{domain} is an alias domain of it', { domain }));
  }
  for (const definition of desired.definitions) {
    const { domain, alias } = definition;
    for (const { value } of destinationsOf(definition)) {
      if (value?.kind !== 'address') continue;
      const address = `${alias}@${domain}`;
      tie(value.domain, domain, say('{address} refers to {domain}', { address, domain: value.domain }));
    }
  }
  return ties;
}

function spread(from: Held, ties: Ties): Held {
  const held = new Map(from);
  // A map's iteration goes on to what is added meanwhile.
  for (const domain of held.keys()) {
    for (const [other, why] of ties.get(domain) ?? []) {
      if (!held.has(other)) held.set(other, why);
    }
  }
  return held;
}

/** The domains of the aliases that rows of held domains refer to, and that would not be what they refer to after. */
function takenFromHeld(rows: Rows, desired: Records, options: Required<DiffOptions>): Held {
  const before = createDirectory(recordsOf(rows));
  const after = createDirectory(outcomeOf(rows, diff(rows, desired, options).changes));
  const taken = new Map<string, Message>();
  for (const { record } of rows.definitions) {
    const { domain, alias } = record;
    if (!options.held.has(domain)) continue;
    for (const { value } of destinationsOf(record)) {
      if (value?.kind !== 'address' || options.held.has(value.domain)) continue;
      const was = targetOf(follow(before, domain, value));
      if (was === undefined || was === targetOf(follow(after, domain, value))) continue;
      const address = `${alias}@${domain}`;
      const why = say('{address}, which keeps its destinations, refers to {destination}', {
        address,
        destination: value.text,
      });
      taken.set(value.domain, why);
    }
  }
  return taken;
}

/** An alias, told apart from a mailbox of its name; undefined where a reference leads nowhere. */
function targetOf(target: Followed): string | undefined {
  if (target.kind === 'mailbox') return target.address;
  return target.kind === 'undefined'
    ? undefined
    : `alias ${target.definition.alias}@${target.definition.domain}`;
}
