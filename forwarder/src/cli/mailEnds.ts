import type { Seconds } from '../../../schema/src/text/time.ts';
import {
  type Answer,
  type Entry,
  isAnswer,
  isEntry,
  isKeptEvent,
  type LedgerRow,
  type LeftOut,
} from '../delivery/ledger.ts';

/**
 * What happened to one mail: who sent it and when, what SES's scanners said, how it ended for each recipient and why, and
 * whether its sender knows.
 *
 * @param rows all rows of the mail
 */
export function mailText(rows: readonly LedgerRow[]): string {
  const [row] = rows;
  if (row === undefined) return '';
  const { spam, virus, spf, dkim, dmarc } = row.verdicts;
  const lines = [
    `${utc(row.receivedAt)} from ${row.sender === '' ? 'the null sender' : row.sender}, SES id ${row.messageId}`,
    ...(row.headerMessageId === undefined ? [] : [`  Message-ID <${row.headerMessageId}>`]),
    `  verdicts: spam ${spam}, virus ${virus}, SPF ${spf}, DKIM ${dkim}, DMARC ${dmarc}`,
    ...rows.flatMap(endsOf).map((line) => `  ${line}`),
  ];
  return lines.map((line) => `${printable(line)}\n`).join('');
}

/** To the second. */
export function utc(time: Seconds): string {
  return `${new Date(time * 1_000).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

/** A stranger wrote some of it: nothing of that may steer the terminal. */
export function printable(text: string): string {
  return text.replace(/\p{C}/gu, '\ufffd');
}

/** Why a recipient was left out, in a word, as in `dropped (spam)`. */
export function leftOutWord(left: LeftOut): string {
  if (left.kind === 'unmanaged' || left.kind === 'reserved') return 'ignored';
  return 'reason' in left ? `${left.kind} (${left.reason})` : left.kind;
}

function endsOf(row: LedgerRow): string[] {
  if (isEntry(row)) return [entryLine(row)];
  if (isKeptEvent(row)) {
    return row.state === 'due' ? ['due  no table took it in yet; it is read again every 5 minutes'] : [];
  }
  const left = (row.leftOut ?? []).map((one) => `${leftOutWord(one)}  ${one.recipient}: ${causeOf(one)}`);
  if (isAnswer(row)) return [...left, answerLine(row)];
  // A row that has no more than its reason is of an earlier version.
  const former = left.length > 0 || row.reason === undefined ? [] : [`${row.state}  ${row.reason}`];
  return [...left, ...former, row.state === 'bounced' ? 'SES told the sender' : 'the sender was not told'];
}

function entryLine(row: Entry): string {
  const { recipient, destination, state, reason } = row;
  return `${state}  ${recipient} to ${destination}${reason === undefined ? '' : ` (${reason})`}: ${explain(row)}`;
}

function explain(row: Entry): string {
  switch (row.state) {
    case 'sent':
      return `SES took it as ${row.sesMessageId}, and no bounce has come back`;
    case 'fallback':
      return row.unattachable === undefined
        ? `SES took it in a simpler form, as ${row.sesMessageId}`
        : `its server refused the mail, so SES took a notice instead, as ${row.sesMessageId}`;
    case 'due':
      return `${waitingFor(row)}, next attempt ${utc(row.nextAttemptAt)}`;
    case 'given-up':
      return 'SES did not take it for 20 hours';
    case 'loop':
      return 'the mail was forwarded for this alias before, or has passed more than 25 servers';
    case 'bounced':
      if (row.reason === 'blocked') return 'not sent, since earlier mail to this mailbox bounced';
      return row.sesMessageId === undefined
        ? 'SES refused it'
        : "SES took it, and the mailbox's server did not";
  }
}

function waitingFor({ attempts, reason }: Entry): string {
  if (reason === 'blocked') return 'waits, since earlier mail to this mailbox bounced today';
  if (reason === 'guard') return 'waits, since too much of the account bounces';
  if (attempts === 0) return 'not tried yet';
  return `tried ${attempts === 1 ? 'once' : `${attempts} times`}`;
}

function causeOf(left: LeftOut): string {
  switch (left.kind) {
    case 'unknown':
      return 'no alias has this name';
    case 'inactive':
      return 'the alias is switched off or has expired';
    case 'reserved':
      return 'a program wrote to the forwarder itself';
    case 'unmanaged':
      return 'its domain is not managed here';
    case 'dropped':
    case 'refused':
      return verdictCauses[left.reason];
  }
}

const verdictCauses: Readonly<Record<Extract<LeftOut, { readonly reason: unknown }>['reason'], string>> = {
  spam: 'SES takes the mail for spam',
  virus: 'SES found a virus in the mail',
  dmarc: "the sender's domain asks that mail like it be rejected (DMARC)",
  spf: 'the filter of the domain drops mail that fails SPF',
  dkim: 'the filter of the domain drops mail that fails DKIM',
};

function answerLine({ state, reason, refusals, told, ...rest }: Answer): string {
  const about = refusals.map(({ recipient }) => recipient).join(', ');
  if (state === 'bounced' || told === refusals.length) return `the sender was told about ${about}`;
  if (state === 'dropped') return `the sender was not told about ${about} (${reason ?? 'no reason given'})`;
  const next = 'nextAttemptAt' in rest ? `, next attempt ${utc(rest.nextAttemptAt)}` : '';
  return `the sender is still to be told about ${about}${next}`;
}
