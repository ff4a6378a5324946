import { trimBlank, unfold } from './lines.ts';
import type { RawField } from './message.ts';

/** What SES says of a mail that it stored, as far as the header tells. */
export interface StoredEvent {
  /** Where SES names one: it names the first of several. */
  readonly recipient?: string;
  /** An event like the one that `process` would have got for `recipients`. */
  eventFor(recipients: readonly string[]): unknown;
}

/**
 * Reads what SES writes over the header of a mail that it stores. Anybody can write such fields, so those alone count that
 * stand at the beginning, around the Received field with SES's own id of the mail, which no sender knows. Undefined where
 * there is none.
 *
 * https://docs.aws.amazon.com/ses/latest/dg/receiving-email-notifications-examples.html
 */
export function storedEvent(messageId: string, fields: readonly RawField[]): StoredEvent | undefined {
  const place = fields.findIndex(({ key, value }) => key === 'received' && idIn(textOf(value)) === messageId);
  const received = fields[place];
  if (received === undefined || fields.slice(0, place).some(({ key }) => key !== 'return-path'))
    return undefined;
  const own = fieldsOfSes(fields.slice(place + 1));
  const text = textOf(received.value);
  const recipient = / for <?([^\s<>;]+@[^\s<>;]+)>?\s*;/.exec(text)?.[1];
  const timestamp = timeIn(text);
  const source = textOf(fields.slice(0, place).at(-1)?.value ?? '').replace(/^<|>$/g, '');
  const results = own.get('authentication-results') ?? '';
  const statusOf = (verdict: string | undefined) => ({
    status: verdict?.toUpperCase() ?? 'PROCESSING_FAILED',
  });
  const verdicts = {
    spamVerdict: statusOf(own.get('x-ses-spam-verdict')),
    virusVerdict: statusOf(own.get('x-ses-virus-verdict')),
    spfVerdict: statusOf(resultOf(results, 'spf')),
    dkimVerdict: statusOf(resultOf(results, 'dkim')),
    dmarcVerdict: statusOf(resultOf(results, 'dmarc')),
  };
  const headers = fields.map(({ name, value }) => ({ name, value: textOf(value) }));
  const mail = { messageId, timestamp, source, headers };
  return {
    ...(recipient === undefined ? {} : { recipient }),
    eventFor: (recipients) => ({
      Records: [{ ses: { mail, receipt: { timestamp, recipients, ...verdicts } } }],
    }),
  };
}

function textOf(value: string): string {
  return trimBlank(unfold(value));
}

function idIn(received: string): string | undefined {
  return /\sby\s+inbound-smtp\.[\w.-]+\s+with\s+\w+\s+id\s+(\w+)/.exec(received)?.[1];
}

const written: ReadonlySet<string> = new Set([
  'x-ses-spam-verdict',
  'x-ses-virus-verdict',
  'received-spf',
  'authentication-results',
]);

/** A second one of a name, or one that SES does not write, is the sender's. */
function fieldsOfSes(fields: readonly RawField[]): ReadonlyMap<string, string> {
  const own = new Map<string, string>();
  for (const { key, value } of fields) {
    if (!written.has(key) || own.has(key)) break;
    own.set(key, textOf(value));
  }
  return own;
}

/** As ISO 8601; the beginning of time where it says none, too long ago for an answer. */
function timeIn(received: string): string {
  const time = Date.parse(received.slice(received.lastIndexOf(';') + 1).replace(/\(.*\)/, ''));
  return new Date(Number.isFinite(time) ? time : 0).toISOString();
}

/** Of several signatures one that passes counts, as it does for SES. */
function resultOf(results: string, method: string): string | undefined {
  const found = [...results.matchAll(new RegExp(`;\\s*${method}=(\\w+)`, 'gi'))].map(([, result = '']) =>
    result.toLowerCase(),
  );
  if (found.includes('pass')) return 'PASS';
  if (found.includes('fail')) return 'FAIL';
  return found.length > 0 ? 'GRAY' : undefined;
}
