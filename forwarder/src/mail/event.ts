import { type Milliseconds, milliseconds } from '../../../schema/src/text/time.ts';
/** What SES's scanners say; DISABLED where the rule does not scan. */
export type Verdict = 'PASS' | 'FAIL' | 'GRAY' | 'PROCESSING_FAILED' | 'DISABLED';

export interface Verdicts {
  readonly spam: Verdict;
  readonly virus: Verdict;
  readonly spf: Verdict;
  readonly dkim: Verdict;
  readonly dmarc: Verdict;
}

/** Whether SES could trace the mail to a domain that admits to it: the envelope's, a signer's or From's. */
export function vouches({ spf, dkim, dmarc }: Verdicts): boolean {
  return [spf, dkim, dmarc].includes('PASS');
}

export interface HeaderField {
  readonly name: string;
  readonly value: string;
}

/** One mail as SES announces it to a Lambda action. */
export interface IncomingMail {
  /** Also the key of the mail in the bucket. */
  readonly messageId: string;
  /** The mail's own Message-ID, by which its sender knows it, as `readMessageIdField` reads it. */
  readonly headerMessageId?: string;
  readonly receivedAt: Milliseconds;
  /** Envelope sender, '' for the null sender. */
  readonly source: string;
  /** The envelope recipients that the rule matched, in SES's order. */
  readonly recipients: readonly string[];
  readonly verdicts: Verdicts;
  /** Present only when DMARC fails. */
  readonly dmarcPolicy?: 'none' | 'quarantine' | 'reject';
  /** SES cuts the list at 10 KB: what is missing here may still be in the mail. */
  readonly headers: readonly HeaderField[];
}

/** What SES does after a Lambda action: end the rule, end the rule set, or go on to the rule's next action. */
export interface Disposition {
  readonly disposition: 'STOP_RULE' | 'STOP_RULE_SET' | 'CONTINUE';
}

/**
 * Reads the event of a Lambda action of a receipt rule. Routing needs the id, the time and `receipt.recipients`
 * (never `mail.destination`, which lists To and Cc); without them it throws a TypeError that names what is missing.
 * All else is read forgivingly: a verdict that SES may invent tomorrow counts as PROCESSING_FAILED, so that it
 * neither vouches for a mail nor drops it.
 */
export function readEvent(event: unknown): IncomingMail {
  const records = property(event, 'Records');
  const ses = property(Array.isArray(records) ? records[0] : undefined, 'ses');
  const mail = property(ses, 'mail');
  const receipt = property(ses, 'receipt');
  const policy = readPolicy(property(receipt, 'dmarcPolicy'));
  const headers = readHeaders(mail);
  const headerMessageId = readHeaderMessageId(property(mail, 'commonHeaders'), headers);
  return {
    messageId: readMessageId(property(mail, 'messageId')),
    ...(headerMessageId === '' ? {} : { headerMessageId }),
    receivedAt: readTime(property(mail, 'timestamp') ?? property(receipt, 'timestamp')),
    source: readSource(property(mail, 'source')),
    recipients: readRecipients(property(receipt, 'recipients')),
    verdicts: {
      spam: readVerdict(property(receipt, 'spamVerdict')),
      virus: readVerdict(property(receipt, 'virusVerdict')),
      spf: readVerdict(property(receipt, 'spfVerdict')),
      dkim: readVerdict(property(receipt, 'dkimVerdict')),
      dmarc: readVerdict(property(receipt, 'dmarcVerdict')),
    },
    ...(policy === undefined ? {} : { dmarcPolicy: policy }),
    headers,
  };
}

function property(of: unknown, name: string): unknown {
  return of !== null && typeof of === 'object' ? (of as Record<string, unknown>)[name] : undefined;
}

function readMessageId(value: unknown): string {
  if (typeof value === 'string' && value !== '') return value;
  throw new TypeError('the event has no mail.messageId');
}

/** A longer one is of no mail program's making; a row of the ledger stays below the kilobyte that a write costs. */
const messageIdLimit = 200;

/** The Message-ID of a header field, or as somebody types it: without its brackets, cut at 200 characters. */
export function readMessageIdField(text: string): string {
  return text.trim().replace(/^<|>$/g, '').slice(0, messageIdLimit);
}

/** SES names it apart, whatever it cut off the headers. */
function readHeaderMessageId(common: unknown, headers: readonly HeaderField[]): string {
  const named = property(common, 'messageId');
  const field = headers.find(({ name }) => /^message-id$/i.test(name));
  return readMessageIdField(typeof named === 'string' ? named : (field?.value ?? ''));
}

function readTime(value: unknown): Milliseconds {
  const time = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  if (Number.isFinite(time)) return milliseconds(time);
  throw new TypeError('the event has no mail.timestamp that is a date');
}

function readSource(value: unknown): string {
  const source = typeof value === 'string' ? value.trim() : '';
  return source === '<>' ? '' : source;
}

function readRecipients(value: unknown): string[] {
  const recipients = Array.isArray(value) ? value.filter((entry) => typeof entry === 'string') : [];
  if (recipients.length > 0) return recipients;
  throw new TypeError('the event has no receipt.recipients');
}

export const verdicts: readonly Verdict[] = ['PASS', 'FAIL', 'GRAY', 'PROCESSING_FAILED', 'DISABLED'];

function readVerdict(value: unknown): Verdict {
  const status = property(value, 'status');
  return verdicts.find((verdict) => verdict === status) ?? 'PROCESSING_FAILED';
}

function readPolicy(value: unknown): IncomingMail['dmarcPolicy'] {
  const policy = typeof value === 'string' ? value.toLowerCase() : undefined;
  return (['none', 'quarantine', 'reject'] as const).find((known) => known === policy);
}

/** Where From is behind what SES cut off, its own reading of the header still has it. */
function readHeaders(mail: unknown): HeaderField[] {
  const fields = textPairs(property(mail, 'headers'));
  if (fields.some(({ name }) => /^from$/i.test(name.trim()))) return fields;
  const from = property(property(mail, 'commonHeaders'), 'from');
  const authors = Array.isArray(from) ? from.filter((value) => typeof value === 'string') : [];
  return [...fields, ...authors.map((value) => ({ name: 'From', value }))];
}

function textPairs(value: unknown): HeaderField[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((entry) => {
    const name = property(entry, 'name');
    const text = property(entry, 'value');
    return typeof name === 'string' && typeof text === 'string' ? [{ name, value: text }] : [];
  });
}
