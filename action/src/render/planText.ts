import { wordsOf } from '../../../schema/src/messages/message.ts';
import type { Override } from '../../../schema/src/records/gate.ts';
import { canonicalJson, type Definition, type DomainRecord } from '../../../schema/src/records/records.ts';
import { forMaintainers, type Review } from '../guard/reason.ts';
import { asStored, type Change, nameOf } from '../plan/change.ts';
import type { RowName } from '../plan/diff.ts';
import type { Counts, Effect, Plan } from '../plan/plan.ts';
import { oneLine } from './escape.ts';
import type { Redact } from './redact.ts';

/** A reviewed plan for a terminal, there in colours, or for a log. The first line is the count. */
export function planText(
  { plan, unsafe, allowed, staleSince, lastOverrides = [] }: Review,
  redact: Redact,
  colours = false,
): string {
  const lines = [
    countLine(plan.counts),
    `fingerprint ${plan.fingerprint}`,
    ...(staleSince === undefined ? [] : ['', staleGateText(staleSince)]),
    ...(lastOverrides.length === 0 ? [] : ['', ...lastOverrides.map(overrideText)]),
    ...titled(
      'Rows:',
      plan.changes.map((change) => rowLine(change, redact)),
    ),
    ...titled('Who gets mail:', plan.effects.flatMap(effectLines)),
    ...rowsOfOthers(plan),
    ...unsafe.flatMap((reason) => [
      '',
      `unsafe: ${forMaintainers(reason)} To allow it: --allow ${reason.code}`,
    ]),
    ...allowed.flatMap(({ code, message }) => ['', `allowed (${code}): ${wordsOf(message, 'en')}`]),
  ];
  const shown = lines.map((line) => redact(oneLine(line)));
  return `${(colours ? shown.map(painted) : shown).join('\n')}\n`;
}

const tones: readonly (readonly [RegExp, number])[] = [
  [/^ +\+ /, 32],
  [/^ +~ /, 33],
  [/^ +- /, 31],
  [/^unsafe: /, 31],
];

function painted(line: string): string {
  const tone = tones.find(([pattern]) => pattern.test(line));
  return tone === undefined ? line : inTone(line, tone[1]);
}

/** A line in a colour by its number (ECMA-48, 8.3.117). */
export function inTone(line: string, tone: number): string {
  return `\u001b[${tone}m${line}\u001b[39m`;
}

function titled(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ['', title, ...lines];
}

/** A number with its noun: "1 row", "2 rows". */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : /[sx]$/.test(noun) ? 'es' : 's'}`;
}

export function countLine({ create, update, delete: gone, unchanged }: Counts): string {
  return create + update + gone === 0
    ? `Nothing to change: ${unchanged === 1 ? '1 row matches' : `${unchanged} rows match`} the files.`
    : `${create} to create, ${update} to update, ${gone} to delete, ${unchanged} unchanged.`;
}

const signs = { create: '+', update: '~', delete: '-' } as const;

function rowLine(change: Change, redact: Redact): string {
  const name = nameOf(change);
  if (change.kind === 'create') return `  + ${name}: ${summary(change.after, redact)}`;
  if (change.kind === 'delete') return `  - ${name}`;
  const fields = fieldsOf(asStored(change.before), change.after, redact);
  const adopted = change.before.provenance === 'foreign' ? ' (adopted)' : '';
  const sealed = fields.length === 0 ? 'content unchanged' : '';
  const changed = fields
    .map(({ name: field, before, after }) => `${field}: ${before} -> ${after}`)
    .join('; ');
  return `  ${signs[change.kind]} ${name}${adopted}: ${changed}${sealed}`;
}

function summary(record: Definition | DomainRecord, redact: Redact): string {
  if ('destinations' in record) {
    return `${record.destinations.map(redact.destination).join(', ')}${record.active ? '' : ' (inactive)'}`;
  }
  return record.aliasfor === undefined ? 'managed domain' : `alias domain of ${record.aliasfor}`;
}

function effectLines({ address, before, after }: Effect): string[] {
  const had = new Set<string>(before);
  const has = new Set<string>(after);
  return [
    `  ${address}`,
    ...before.filter((mailbox) => !has.has(mailbox)).map((mailbox) => `    - ${mailbox}`),
    ...after.filter((mailbox) => !had.has(mailbox)).map((mailbox) => `    + ${mailbox}`),
  ];
}

function rowsOfOthers({ foreign, editedOutside }: Plan): string[] {
  const names = (rows: readonly RowName[]): string[] => rows.map((row) => `  ${nameOf(row)}`);
  return [
    ...titled('Rows that no sync wrote, left as they are (--prune-foreign deletes them):', names(foreign)),
    ...titled('Rows that were edited outside the files:', names(editedOutside)),
  ];
}

export interface FieldChange {
  readonly name: string;
  readonly before: string;
  readonly after: string;
}

/**
 * The attributes in which two versions of a row differ, as text, with the destinations redacted; what is not set shows
 * as `none`. Of more destinations than `most`, the others are counted.
 */
export function fieldsOf(
  before: object,
  after: object,
  redact: Redact,
  most = Number.POSITIVE_INFINITY,
): FieldChange[] {
  const old = new Map<string, unknown>(Object.entries(before));
  const fresh = new Map<string, unknown>(Object.entries(after));
  const names = new Set([...old.keys(), ...fresh.keys()]);
  return [...names]
    .filter((name) => name !== 'domain' && name !== 'alias')
    .filter((name) => canonicalJson(old.get(name)) !== canonicalJson(fresh.get(name)))
    .map((name) => {
      const [was, is] = [shownField(old.get(name), redact, most), shownField(fresh.get(name), redact, most)];
      // A text that looks like what is written instead: the text `false` for false.
      return { name, before: was === is ? canonicalJson(old.get(name)) : was, after: is };
    });
}

function textOf(value: unknown): string {
  if (value === undefined) return 'none';
  return typeof value === 'object' ? canonicalJson(value) : String(value);
}

function shownField(value: unknown, redact: Redact, most: number): string {
  if (!Array.isArray(value)) return textOf(value);
  const shown = value.slice(0, most).map((one) => redact.destination(textOf(one)));
  return `${shown.join(', ')}${moreThan(value, most)}`;
}

/** How many there are beyond those that are shown: " and 12 more", or nothing. */
export function moreThan(all: readonly unknown[], shown: number): string {
  const more = all.length - shown;
  return more > 0 ? ` and ${more.toLocaleString('en')} more` : '';
}

/** Names that one override lists. */
const overrideNames = 20;

/** What the last sync was allowed, about what, by whom and when. */
export function overrideText({ code, about, more, by, at }: Override): string {
  const others = more + Math.max(0, about.length - overrideNames);
  const names = `${about.slice(0, overrideNames).join(', ')}${others > 0 ? ` and ${others.toLocaleString('en')} more` : ''}`;
  return `The last sync was allowed ${code} (${names}) by ${by} at ${minuteOf(at)}.`;
}

const command = 'npm run -s aliases -- sync';

/** A sync that was cut short: since when, in epoch seconds, and the page on which the workflow is run by hand. */
export interface StaleGate {
  readonly since: number;
  readonly syncPage: string;
}

/** What it means that a sync was cut short, and the one command that mends it. `since` in epoch seconds. */
export function staleGateText(since: number): string {
  return `${whatItMeans(since)} Run it again: ${command}`;
}

function whatItMeans(since: number): string {
  return `A sync was cut short at ${minuteOf(since)}: mail is delivered as before, and no change takes effect until a sync completes.`;
}

/** Epoch seconds as "2026-11-24 09:30 UTC". */
function minuteOf(seconds: number): string {
  return `${new Date(seconds * 1000).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
