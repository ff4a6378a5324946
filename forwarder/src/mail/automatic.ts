import type { IncomingMail } from './event.ts';
import { trimBlank } from './lines.ts';

/**
 * Whether a program sent this mail: null sender, Auto-Submitted other than `no`, Precedence bulk, junk or list, or
 * any List-* field (RFC 3834 2, RFC 5321 6.1). Such mail is forwarded and never answered: an answer would meet another
 * program, or a whole list.
 */
export function isAutomatic(mail: Pick<IncomingMail, 'source' | 'headers'>): boolean {
  return isNullSender(mail.source) || mail.headers.some(({ name, value }) => saysAutomatic(name, value));
}

/**
 * Whether the sender may be told about this mail: a person sent it, and somebody vouches that the sender is real (DMARC,
 * SPF or DKIM passed; an answer to a forged one is backscatter).
 */
export function mayAnswer(mail: IncomingMail): boolean {
  const { dmarc, spf, dkim } = mail.verdicts;
  const isVouched = dmarc === 'PASS' || spf === 'PASS' || dkim === 'PASS';
  return isVouched && !isAutomatic(mail);
}

/** Some relays replace the null sender by the name that RFC 5321 4.5.5 lets them show for it. */
function isNullSender(source: string): boolean {
  return source === '' || source === '<>' || /^<?mailer-daemon(?:@|>?$)/i.test(source);
}

// Flags without `u` fold ASCII alone: `toLowerCase` would make a `k` of the Kelvin sign, since an event's text is Unicode.

function saysAutomatic(name: string, value: string): boolean {
  const field = trimBlank(name);
  if (/^list-/i.test(field)) return true;
  if (/^auto-submitted$/i.test(field)) return !/^no$/i.test(keyword(value));
  if (/^precedence$/i.test(field)) return /^(?:bulk|junk|list)$/i.test(keyword(value));
  return false;
}

/** The first word, without parameters or a comment: `no; x=y` and `no (by hand)` are `no`. */
function keyword(value: string): string {
  return /[^ \t\r\n;(]+/.exec(value)?.[0] ?? '';
}
