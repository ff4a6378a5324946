import { addressFault, contentTypeFault, strictAddresses } from './javaMail.ts';

/** A header field as it stands in a message; text is one character a byte (latin1). */
interface Field {
  /** As written; empty for a line that is no field. */
  readonly name: string;
  /** Unfolded and trimmed. */
  readonly value: string;
  /** Its lines without their ends. */
  readonly lines: readonly string[];
}

interface HeaderBlock {
  readonly fields: readonly Field[];
  /** The offset of the body: behind the empty line, or the length of a message that has none. */
  readonly bodyStart: number;
}

/** Splits the header of a message with CRLF or LF line ends. A line without a colon is a field without a name. */
export function headerBlock(raw: Buffer): HeaderBlock {
  const lines: string[] = [];
  let at = 0;
  while (at < raw.length) {
    const end = raw.indexOf(10, at);
    const next = end < 0 ? raw.length : end + 1;
    const line = raw.toString('latin1', at, end < 0 ? raw.length : end).replace(/\r$/, '');
    at = next;
    if (line === '') break;
    lines.push(line);
  }
  return { fields: fieldsOf(lines), bodyStart: at };
}

/** The fields of this name, in any case. */
export function fieldsNamed(fields: readonly Field[], name: string): readonly Field[] {
  return fields.filter((field) => field.name.toLowerCase() === name.toLowerCase());
}

function fieldsOf(lines: readonly string[]): readonly Field[] {
  const groups: string[][] = [];
  for (const line of lines) {
    const last = groups.at(-1);
    if (/^[ \t]/.test(line) && last) last.push(line);
    else groups.push([line]);
  }
  return groups.map((group) => {
    const text = group.join('');
    const colon = text.indexOf(':');
    return {
      name: colon < 0 ? '' : text.slice(0, colon).replace(/[ \t]+$/, ''),
      value: text.slice(colon + 1).trim(),
      lines: group,
    };
  });
}

/** A raw message as an API call hands it in. */
export interface Submission {
  /** The envelope sender, where the call names one. */
  readonly source?: string;
  readonly recipients: readonly string[];
  readonly raw: Buffer;
}

/** Why SES does not take a message. `invalid`: the call is wrong; `rejected`: SES will not send this. */
interface Refusal {
  readonly kind: 'invalid' | 'rejected';
  readonly message: string;
}

/**
 * What SES refuses, in the order in which it looks; undefined when it takes the message. The rules and texts are those
 * of "header fields", "MIME types", "quotas" and "error messages" in the SES Developer Guide.
 */
export function refusalOf(submission: Submission): Refusal | undefined {
  const { fields } = headerBlock(submission.raw);
  const message =
    recipientsFault(submission.recipients) ??
    syntaxFault(fields) ??
    duplicateFault(fields) ??
    addressesFault(fields) ??
    typeFault(fields);
  if (message !== undefined) return { kind: 'invalid', message };
  const attachment = refusedAttachment(submission.raw);
  if (attachment === undefined) return undefined;
  return { kind: 'rejected', message: `Illegal filename '${attachment}'` };
}

/** The identities that a message claims to be from: all of them must be verified. */
export function claimedSenders(submission: Submission): readonly string[] {
  const { fields } = headerBlock(submission.raw);
  const claimed = ['from', 'sender', 'return-path'].flatMap((name) =>
    fieldsNamed(fields, name).flatMap((field) => {
      const parsed = strictAddresses(field.value);
      return 'addresses' in parsed ? parsed.addresses : [];
    }),
  );
  return [...(submission.source === undefined ? [] : [submission.source]), ...claimed];
}

function recipientsFault(recipients: readonly string[]): string | undefined {
  if (recipients.length === 0) return 'No destinations specified';
  if (recipients.length > 50) return 'Recipient count exceeds 50.';
  return recipients.map(bareAddressFault).find((fault) => fault !== undefined);
}

/** A destination may be given as `Name <address>`. */
function bareAddressFault(recipient: string): string | undefined {
  const parsed = strictAddresses(recipient);
  if ('wrong' in parsed) return parsed.wrong;
  return parsed.addresses.length === 1 ? undefined : (addressFault(recipient) ?? 'Illegal address');
}

function syntaxFault(fields: readonly Field[]): string | undefined {
  for (const field of fields) {
    const [first = ''] = field.lines;
    if (!first.includes(':') || /^[ \t]/.test(first)) return `Illegal header '${first}'.`;
    if (field.name === '') return 'Empty header names are illegal.';
    if (/[^\x21-\x7e]/.test(field.name)) return `Illegal header name '${field.name}'.`;
    if (field.lines.some((line) => line.length > 998))
      return `Header '${field.name}' has a line that is too long.`;
  }
  return undefined;
}

function duplicateFault(fields: readonly Field[]): string | undefined {
  const seen = new Set<string>();
  for (const { name } of fields) {
    const folded = name.toLowerCase();
    if (seen.has(folded) && onceOnly.has(folded)) return `Duplicate header '${name}'.`;
    seen.add(folded);
  }
  return undefined;
}

function addressesFault(fields: readonly Field[]): string | undefined {
  const [from] = fieldsNamed(fields, 'from');
  if (!from) return "Missing required header 'From'.";
  for (const name of ['From', 'Sender', 'Reply-To', 'To', 'Cc', 'Bcc']) {
    for (const { value } of fieldsNamed(fields, name)) {
      const parsed = strictAddresses(value);
      if ('wrong' in parsed) return parsed.wrong;
      // A group may be empty, a list may not.
      if (parsed.addresses.length === 0 && !value.includes(';')) return `Empty header '${name}'.`;
      const charset = unknownCharset(value);
      if (charset !== undefined) return `Unsupported encoding ${charset}`;
    }
  }
  return undefined;
}

function unknownCharset(value: string): string | undefined {
  const charsets = [...value.matchAll(/=\?([^?*]+)(?:\*[^?]*)?\?[BbQq]\?/g)].map(
    ([, charset = '']) => charset,
  );
  return charsets.find((charset) => !isKnown(charset));
}

function isKnown(charset: string): boolean {
  try {
    return new TextDecoder(charset).encoding !== '';
  } catch {
    return false;
  }
}

function typeFault(fields: readonly Field[]): string | undefined {
  return fieldsNamed(fields, 'content-type')
    .map((field) => contentTypeFault(field.value))
    .find((fault) => fault !== undefined);
}

/**
 * The header fields that SES takes once in a message, in lower case:
 * https://docs.aws.amazon.com/ses/latest/dg/header-fields.html.
 */
const onceOnly: ReadonlySet<string> = new Set(
  [
    'accept-language acceptlanguage archived-at auto-submitted bounces-to comments',
    'content-alternative content-base content-class content-description content-disposition content-duration',
    'content-id content-language content-length content-location content-md5 content-transfer-encoding content-type',
    'date delivered-to disposition-notification-options disposition-notification-to dkim-signature',
    'domainkey-signature errors-to from importance in-reply-to keywords',
    'list-archive list-help list-id list-owner list-post list-subscribe list-unsubscribe list-unsubscribe-post',
    'message-context message-id mime-version organization',
    'original-from original-message-id original-recipient original-subject',
    'precedence priority references reply-to return-path return-receipt-to sender sensitivity solicitation',
    'subject thread-index thread-topic user-agent vbr-info',
  ].flatMap((line) => line.split(' ')),
);

/** The endings that SES does not send: https://docs.aws.amazon.com/ses/latest/dg/mime-types.html. */
const refusedEndings: ReadonlySet<string> = new Set(
  [
    'ade adp app asp bas bat cer chm cmd com cpl crt csh der exe fxp gadget hlp hta inf ins isp its js jse ksh lib lnk',
    'mad maf mag mam maq mar mas mat mau mav maw mda mdb mde mdt mdw mdz msc msh msh1 msh2 mshxml msh1xml msh2xml msi',
    'msp mst ops pcd pif plg prf prg reg scf scr sct shb shs sys ps1 ps1xml ps2 ps2xml psc1 psc2 tmp url vb vbe vbs',
    'vps vsmacros vss vst vsw vxd ws wsc wsf wsh xnk',
  ].flatMap((line) => line.split(' ')),
);

/** The name of the first attachment that SES does not send, as its MIME part's header says it. */
function refusedAttachment(raw: Buffer): string | undefined {
  const field = /^Content-(?:Disposition|Type):[^\r\n]*(?:\r?\n[ \t][^\r\n]*)*/gim;
  for (const [text] of raw.toString('latin1').matchAll(field)) {
    const name = /\b(?:file)?name="?([^"\r\n;]+)/i.exec(text)?.[1]?.trim() ?? '';
    const ending = name.toLowerCase().split('.').at(-1) ?? '';
    if (name.includes('.') && refusedEndings.has(ending)) return name;
  }
  return undefined;
}
