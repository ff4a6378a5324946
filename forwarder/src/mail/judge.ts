import type { Filter } from '../../../schema/src/records/records.ts';
import { authorDomains, domainOf } from './authorDomains.ts';
import type { IncomingMail } from './event.ts';
import { trimBlank } from './lines.ts';

export type Reason = 'spam' | 'virus' | 'dmarc' | 'spf' | 'dkim';

export interface Judgement {
  readonly outcome: 'pass' | 'bounce' | 'drop';
  readonly reason?: Reason;
}

const pass: Judgement = { outcome: 'pass' };

/**
 * What one domain's policy does with a mail, from SES's verdicts. Spam and viruses drop whatever the policy. A mail
 * that its own domain's DMARC policy rejects is bounced where there is a real sender to tell, else dropped, and so is one
 * that only pretends to come from us. Without a filter SPF and DKIM drop only together: mail that was forwarded once
 * fails one of them.
 *
 * @param isForged whether its From is at a domain of ours, and DMARC does not confirm that
 */
export function judge(mail: IncomingMail, filter: Filter | undefined, isForged: boolean): Judgement {
  const { spam, virus } = mail.verdicts;
  if (spam === 'FAIL') return { outcome: 'drop', reason: 'spam' };
  if (virus === 'FAIL') return { outcome: 'drop', reason: 'virus' };
  const rules = rulesOf(filter);
  return judgeAlone(mail, rules) ?? judgeDmarc(mail, rules, isForged) ?? judgeTogether(mail, rules) ?? pass;
}

/** For recipients in several domains: pass before bounce before drop. Nobody's judgement is a pass. */
export function mildest(judgements: readonly Judgement[]): Judgement {
  const of = (outcome: Judgement['outcome']) => judgements.find((judgement) => judgement.outcome === outcome);
  return of('pass') ?? of('bounce') ?? of('drop') ?? pass;
}

interface Rules {
  /** `drop`: a FAIL drops at once; `ignore`: it never counts; `together`: it drops when neither passes. */
  readonly spf: 'drop' | 'ignore' | 'together';
  readonly dkim: 'drop' | 'ignore' | 'together';
  readonly dmarcReject: DmarcRule;
  readonly dmarcQuarantine: DmarcRule;
}

type DmarcRule = 'bounce' | 'drop' | 'ignore';

function rulesOf(filter: Filter | undefined): Rules {
  if (filter === 'strict') {
    return { spf: 'drop', dkim: 'drop', dmarcReject: 'bounce', dmarcQuarantine: 'drop' };
  }
  const chosen = filter === undefined || filter === 'default' ? {} : filter;
  return {
    spf: chosen.spf ?? 'together',
    dkim: chosen.dkim ?? 'together',
    dmarcReject: chosen['dmarc-reject'] ?? 'bounce',
    dmarcQuarantine: chosen['dmarc-quarantine'] ?? 'ignore',
  };
}

/** `strict` is the practice of dropping on any failure: it comes before DMARC, whose bounce would tell a forged sender. */
function judgeAlone(mail: IncomingMail, rules: Rules): Judgement | undefined {
  const { spf, dkim } = mail.verdicts;
  if (dkim === 'FAIL' && rules.dkim === 'drop') return { outcome: 'drop', reason: 'dkim' };
  if (spf === 'FAIL' && rules.spf === 'drop') return { outcome: 'drop', reason: 'spf' };
  return undefined;
}

function judgeDmarc(mail: IncomingMail, rules: Rules, isForged: boolean): Judgement | undefined {
  const rule = dmarcRule(mail, rules, isForged);
  if (rule === 'ignore') return undefined;
  return { outcome: rule === 'bounce' && mayAnswer(mail) ? 'bounce' : 'drop', reason: 'dmarc' };
}

/** Whoever ignores what other domains ask for ignores it for the own ones too. */
function dmarcRule(
  { verdicts, dmarcPolicy }: IncomingMail,
  { dmarcReject, dmarcQuarantine }: Rules,
  isForged: boolean,
): DmarcRule {
  if (isForged || (verdicts.dmarc === 'FAIL' && dmarcPolicy === 'reject')) return dmarcReject;
  return verdicts.dmarc === 'FAIL' && dmarcPolicy === 'quarantine' ? dmarcQuarantine : 'ignore';
}

function judgeTogether(mail: IncomingMail, rules: Rules): Judgement | undefined {
  const { spf, dkim } = mail.verdicts;
  // An ignored verdict cannot drop a mail, but its PASS still vouches for one.
  if (spf === 'PASS' || dkim === 'PASS') return undefined;
  if (dkim === 'FAIL' && rules.dkim === 'together') return { outcome: 'drop', reason: 'dkim' };
  if (spf === 'FAIL' && rules.spf === 'together') return { outcome: 'drop', reason: 'spf' };
  return undefined;
}

/**
 * Whether a program sent this mail: null sender, Auto-Submitted other than `no`, Precedence bulk, junk, list or
 * auto_reply, X-Autoreply, a report, or any List-* field (RFC 3834 2, RFC 5321 6.1, RFC 6522 3). Such mail is forwarded
 * and never answered: an answer would meet another program, or a whole list.
 */
export function isAutomatic(mail: Pick<IncomingMail, 'source' | 'headers'>): boolean {
  return isNullSender(mail.source) || mail.headers.some(({ name, value }) => saysAutomatic(name, value));
}

/**
 * Whether the sender may be told about this mail: a person sent it, and the envelope's domain vouches for it, by SPF or by
 * DMARC where From has the same domain. What only DKIM or DMARC confirm is another domain's word: an answer would be
 * backscatter.
 */
export function mayAnswer(mail: IncomingMail): boolean {
  const { dmarc, spf } = mail.verdicts;
  const isVouched = spf === 'PASS' || (dmarc === 'PASS' && isAuthor(mail));
  return isVouched && !isAutomatic(mail);
}

/** Whether the envelope sender is at the domain that From names, and From names no other. */
function isAuthor(mail: IncomingMail): boolean {
  const [author, ...others] = authorDomains(mail);
  return author !== undefined && others.length === 0 && author === domainOf(mail.source);
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
  if (/^precedence$/i.test(field)) return /^(?:bulk|junk|list|auto_reply)$/i.test(keyword(value));
  if (/^content-type$/i.test(field)) return /^multipart\/report$/i.test(keyword(value));
  return /^x-autoreply$/i.test(field) && !/^no$/i.test(keyword(value));
}

/** The first word, without parameters or a comment: `no; x=y` and `no (by hand)` are `no`. */
function keyword(value: string): string {
  return /[^ \t\r\n;(]+/.exec(value)?.[0] ?? '';
}
