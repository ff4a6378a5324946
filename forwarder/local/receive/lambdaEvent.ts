import { type AddressObject, type ParsedMail, simpleParser } from 'mailparser';
import type { ReceiptAction, ReceiptRule } from '../ses/accountState.ts';
import { headerBlock } from '../ses/refuse.ts';
import type { InboundMail } from './inboundMail.ts';

/** SES cuts the list of headers there. */
const headerLimit = 10_240;

/** The event of a Lambda action: https://docs.aws.amazon.com/ses/latest/dg/receiving-email-action-lambda-event.html. */
export async function lambdaEvent(
  mail: InboundMail,
  rule: ReceiptRule,
  recipients: readonly string[],
  action: NonNullable<ReceiptAction['LambdaAction']>,
): Promise<unknown> {
  const { fields, bodyStart } = headerBlock(mail.raw);
  const { headers, truncated } = cut(fields.filter(({ name }) => name !== ''));
  const parsed = await simpleParser(mail.raw.subarray(0, bodyStart));
  const scanned = (verdict: string) => ({ status: rule.ScanEnabled === true ? verdict : 'DISABLED' });
  const { spam, virus, spf, dkim, dmarc, policy } = mail.verdicts;
  const timestamp = mail.receivedAt.toISOString();
  return {
    Records: [
      {
        eventSource: 'aws:ses',
        eventVersion: '1.0',
        ses: {
          mail: {
            timestamp,
            source: mail.source,
            messageId: mail.messageId,
            destination: [...addresses(parsed.to), ...addresses(parsed.cc)],
            headersTruncated: truncated,
            headers,
            commonHeaders: commonHeaders(mail, parsed, headers),
          },
          receipt: {
            timestamp,
            processingTimeMillis: Date.now() - mail.receivedAt.getTime(),
            recipients,
            spamVerdict: scanned(spam),
            virusVerdict: scanned(virus),
            spfVerdict: { status: spf },
            dkimVerdict: { status: dkim },
            dmarcVerdict: { status: dmarc },
            ...(dmarc === 'FAIL' && policy ? { dmarcPolicy: policy } : {}),
            action: {
              type: 'Lambda',
              functionArn: action.FunctionArn,
              invocationType: action.InvocationType ?? 'Event',
            },
          },
        },
      },
    ],
  };
}

interface Header {
  readonly name: string;
  readonly value: string;
}

function cut(fields: readonly Header[]): {
  readonly headers: readonly Header[];
  readonly truncated: boolean;
} {
  const headers: Header[] = [];
  let size = 0;
  for (const { name, value } of fields) {
    size += name.length + value.length;
    if (size > headerLimit) return { headers, truncated: true };
    headers.push({ name, value });
  }
  return { headers, truncated: false };
}

function commonHeaders(mail: InboundMail, parsed: ParsedMail, headers: readonly Header[]): object {
  const first = (name: string) => headers.find((header) => header.name.toLowerCase() === name)?.value;
  return {
    returnPath: mail.source,
    from: named(parsed.from),
    date: first('date'),
    to: named(parsed.to),
    ...(parsed.cc && { cc: named(parsed.cc) }),
    ...(parsed.replyTo && { replyTo: named(parsed.replyTo) }),
    sender: first('sender'),
    messageId: first('message-id'),
    subject: parsed.subject,
  };
}

type Addresses = AddressObject | AddressObject[] | undefined;

function mailboxes(
  list: Addresses,
): readonly { readonly name: string; readonly address?: string | undefined }[] {
  return [list ?? []].flat().flatMap((each) => each.value.flatMap((entry) => entry.group ?? [entry]));
}

function addresses(list: Addresses): readonly string[] {
  return mailboxes(list).flatMap(({ address }) => (address ? [address] : []));
}

function named(list: Addresses): readonly string[] {
  return mailboxes(list).map(({ name, address = '' }) => (name ? `${name} <${address}>` : address));
}
