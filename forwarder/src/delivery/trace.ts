import { foldName, parseAddress, splitAddress, withoutSubaddress } from '../../../schema/src/text/address.ts';
import { type Seconds, toSeconds } from '../../../schema/src/text/time.ts';
import { readEvent, readMessageIdField } from '../mail/event.ts';
import type { RoutingTables } from '../routing/lookup.ts';
import { keptEvent } from './intake.ts';
import type { SweepPorts } from './keptEvents.ts';
import { isAnswer, isEntry, isKeptEvent, type Ledger, type LedgerRow } from './ledger.ts';

export interface TracePorts {
  readonly ledger: Pick<Ledger, 'of' | 'bySesMessage' | 'all'>;
  readonly tables: { readonly domains: Pick<RoutingTables['domains'], 'live'> };
  readonly events: Pick<SweepPorts['events'], 'keptEvents' | 'readEvent'>;
}

/** Mails that a trace shows. */
const traceLimit = 100;

/**
 * All rows of the mails that somebody asks about, newest mail first: by an address (a sender, a recipient, an alias or a
 * mailbox), by SES's id of the mail or of what it sent on, or by a Message-ID. What is no id of SES's reads every row.
 * An event that no table took stands for its mail.
 */
export async function trace(about: string, ports: TracePorts): Promise<LedgerRow[]> {
  const { ledger } = ports;
  const known = await rowsById(sesId(about.trim()), ledger);
  if (known.length > 0) return known;
  const question = await questionOf(about.trim(), ports);
  const received = new Map<string, Seconds>();
  for await (const row of ledger.all()) {
    if (isAbout(row, question)) received.set(row.messageId, row.receivedAt);
  }
  const kept = (await keptRows(ports.events)).filter((row) => isAbout(row, question));
  for (const row of kept) received.set(row.messageId, row.receivedAt);
  const newest = [...received].sort(([, a], [, b]) => b - a).slice(0, traceLimit);
  const rows: LedgerRow[] = [];
  for (const [messageId] of newest) {
    const own = await ledger.of(messageId);
    rows.push(...(own.length > 0 ? own : kept.filter((row) => row.messageId === messageId)));
  }
  return rows;
}

/** What SES sends has its own id in Message-ID, at a domain of its own. */
function sesId(text: string): string {
  return /^<?([^@<>]+)@(?:[a-z0-9-]+\.)?amazonses\.com>?$/i.exec(text)?.[1] ?? text;
}

async function rowsById(id: string, ledger: TracePorts['ledger']): Promise<LedgerRow[]> {
  const own = await ledger.of(id);
  if (own.length > 0) return own;
  const entry = await ledger.bySesMessage(id);
  return entry === undefined ? [] : ledger.of(entry.messageId);
}

interface Question {
  /** Folded. */
  readonly addresses: ReadonlySet<string>;
  readonly messageIds: ReadonlySet<string>;
}

/** An alias is asked for under each of its domains, and its mail has that of the main one. */
async function questionOf(text: string, { tables }: TracePorts): Promise<Question> {
  const messageIds = new Set([text, readMessageIdField(text)]);
  const address = parseAddress(text).value;
  if (address === undefined) return { addresses: new Set([foldName(text)]), messageIds };
  const { local, domain } = splitAddress(address);
  const main = (await tables.domains.live(domain))?.aliasfor ?? domain;
  return { addresses: new Set([foldName(text), address, `${local}@${main}`]), messageIds };
}

function isAbout(row: LedgerRow, { addresses, messageIds }: Question): boolean {
  return (
    messageIds.has(row.messageId) ||
    (row.headerMessageId !== undefined && messageIds.has(row.headerMessageId)) ||
    addressesIn(row).some((address) => addresses.has(address) || addresses.has(baseOf(address)))
  );
}

function addressesIn(row: LedgerRow): string[] {
  return [row.sender, ...recipientsIn(row)].filter((address) => address !== '').map(foldName);
}

function recipientsIn(row: LedgerRow): readonly string[] {
  if (isEntry(row)) return [row.destination, row.alias, row.recipient, ...row.recipients];
  if (isKeptEvent(row)) return readEvent(JSON.parse(row.event)).recipients;
  const others = (row.leftOut ?? []).map(({ recipient }) => recipient);
  return isAnswer(row) ? [...others, ...row.refusals.map(({ recipient }) => recipient)] : others;
}

/** Mail to `john+lists` is mail to `john`. */
function baseOf(address: string): string {
  const at = address.lastIndexOf('@');
  const base = withoutSubaddress(address.slice(0, Math.max(0, at)));
  return base === undefined ? address : base + address.slice(at);
}

/** The mails of which nothing is in the ledger yet, as the rows that they would have there. */
async function keptRows(events: TracePorts['events']): Promise<LedgerRow[]> {
  const rows: LedgerRow[] = [];
  for await (const { messageId, storedAt } of events.keptEvents()) {
    const event = await events.readEvent(messageId);
    rows.push(keptEvent(readEvent(event), event, toSeconds(storedAt)));
  }
  return rows;
}
