import { randomBytes } from 'node:crypto';
import { fieldsNamed, headerBlock } from '../ses/refuse.ts';
import type { Place } from '../template/resourceNames.ts';

/** A mail as it came in at the door. */
export interface Handover {
  /** The envelope sender, '' when null. */
  readonly source: string;
  /** The envelope recipients, in the order given. */
  readonly recipients: readonly string[];
  /** The client's name and address, for the trace header. */
  readonly client: string;
  readonly raw: Buffer;
}

/** A mail that SES has accepted. */
export interface InboundMail {
  readonly messageId: string;
  readonly receivedAt: Date;
  readonly source: string;
  readonly recipients: readonly string[];
  readonly verdicts: Verdicts;
  /** With the headers that SES puts in front. */
  readonly raw: Buffer;
}

/** Accepts a mail: takes its chosen verdicts out and puts the headers in front that SES stores with a mail. */
export function accept(handover: Handover, place: Place): InboundMail {
  const { verdicts, raw } = takeVerdicts(handover.raw);
  const messageId = randomId();
  const receivedAt = new Date();
  const { source, recipients } = handover;
  const host = `inbound-smtp.${place.region}.amazonaws.com`;
  const senderDomain = source.split('@').at(-1) ?? '';
  const result = (verdict: string) => (verdict === 'PASS' ? 'pass' : verdict === 'FAIL' ? 'fail' : 'none');
  const head = [
    `Return-Path: <${source}>`,
    `Received: from ${handover.client}`,
    ` by ${host} with SMTP id ${messageId}`,
    ` for ${recipients[0] ?? ''};`,
    ` ${receivedAt.toUTCString().replace('GMT', '+0000')}`,
    `X-SES-Spam-Verdict: ${verdicts.spam}`,
    `X-SES-Virus-Verdict: ${verdicts.virus}`,
    `Received-SPF: ${result(verdicts.spf)} client-ip=127.0.0.1; envelope-from=${source};`,
    'Authentication-Results: amazonses.com;',
    ` spf=${result(verdicts.spf)} smtp.mailfrom=${source};`,
    ` dkim=${result(verdicts.dkim)} header.i=@${senderDomain};`,
    ` dmarc=${result(verdicts.dmarc)} header.from=${senderDomain};`,
    `X-SES-RECEIPT: ${randomBytes(30).toString('base64')}`,
  ].join('\r\n');
  const stamped = Buffer.concat([Buffer.from(`${head}\r\n`), raw]);
  return { messageId, receivedAt, source, recipients, verdicts, raw: stamped };
}

/** 40 lower-case letters and digits, as SES's ids of received mails. */
function randomId(): string {
  return [...randomBytes(40)].map((byte) => (byte % 36).toString(36)).join('');
}

/** What SES's scanners say of a mail: PASS, FAIL, GRAY, PROCESSING_FAILED or DISABLED. */
interface Verdicts {
  readonly spam: string;
  readonly virus: string;
  readonly spf: string;
  readonly dkim: string;
  readonly dmarc: string;
  /** What the sender's domain asks for; of use only where `dmarc` is FAIL. */
  readonly policy?: string;
}

const passes: Verdicts = { spam: 'PASS', virus: 'PASS', spf: 'PASS', dkim: 'PASS', dmarc: 'PASS' };

const header = 'X-Local-Verdicts';

/**
 * Takes the header `X-Local-Verdicts: spam=FAIL; dmarc=FAIL; policy=reject` out of a mail. What it does not name is
 * PASS; every other byte of the mail stays.
 */
export function takeVerdicts(raw: Buffer): { readonly verdicts: Verdicts; readonly raw: Buffer } {
  const { fields, bodyStart } = headerBlock(raw);
  const chosen = fieldsNamed(fields, header);
  if (chosen.length === 0) return { verdicts: passes, raw };
  const lines = fields.filter((field) => !chosen.includes(field)).flatMap((field) => field.lines);
  const head = Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1');
  return {
    verdicts: { ...passes, ...parse(chosen.map((field) => field.value).join(';')) },
    raw: Buffer.concat([head, raw.subarray(bodyStart)]),
  };
}

function parse(value: string): Partial<Verdicts> {
  const pairs = [...value.matchAll(/(spam|virus|spf|dkim|dmarc|policy)\s*=\s*(\w+)/gi)];
  return Object.fromEntries(
    pairs.map(([, name = '', verdict = '']) => {
      const folded = name.toLowerCase();
      return [folded, folded === 'policy' ? verdict.toLowerCase() : verdict.toUpperCase()];
    }),
  );
}
