import type { IncomingMail } from './event.ts';

/** SES's SendBounce and bounce action take a mail for this long after its receipt. */
const answerWindow = 24 * 60 * 60 * 1000;

/**
 * Whether a program sent this mail: null sender, Auto-Submitted other than `no`, Precedence bulk, junk or list, or
 * any List-* field (RFC 3834 2, RFC 5321 6.1). Such mail is forwarded and never answered: an answer would meet another
 * program, or a whole list.
 */
export function isAutomatic(mail: Pick<IncomingMail, 'source' | 'headers'>): boolean {
  return isNullSender(mail.source) || mail.headers.some(({ name, value }) => saysAutomatic(name, value));
}

/**
 * Whether the sender may be told about this mail: a person sent it, somebody vouches that the sender is real (DMARC,
 * SPF or DKIM passed; an answer to a forged one is backscatter), and SES still takes the answer.
 *
 * @param now epoch milliseconds
 */
export function mayAnswer(mail: IncomingMail, now: number): boolean {
  const { dmarc, spf, dkim } = mail.verdicts;
  const isVouched = dmarc === 'PASS' || spf === 'PASS' || dkim === 'PASS';
  return isVouched && now - mail.receivedAt < answerWindow && !isAutomatic(mail);
}

/** Some relays replace the null sender by the name that RFC 5321 4.5.5 lets them show for it. */
function isNullSender(source: string): boolean {
  return source === '' || source === '<>' || /^<?mailer-daemon(?:@|>?$)/i.test(source);
}

function saysAutomatic(name: string, value: string): boolean {
  const key = name.trim().toLowerCase();
  if (key.startsWith('list-')) return true;
  if (key === 'auto-submitted') return keyword(value) !== 'no';
  if (key === 'precedence') return ['bulk', 'junk', 'list'].includes(keyword(value));
  return false;
}

/** The first word, without parameters or a comment: `no; x=y` and `no (by hand)` are `no`. */
function keyword(value: string): string {
  return (/[^\s;(]+/.exec(value)?.[0] ?? '').toLowerCase();
}
