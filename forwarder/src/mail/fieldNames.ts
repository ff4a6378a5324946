/** The field that says for which alias, and as which mail, we have forwarded a mail; added each time. */
export const loopMarker = 'X-Aliasops-Forwarded';
/** Asks programs at the mailbox for no answer, which would show its address (MS-OXCMAIL 2.2.3.2.14). */
export const answerSuppression = 'X-Auto-Response-Suppress: DR, RN, NRN, OOF, AutoReply';

/** Fields that SES refuses twice in one mail (Developer Guide, "Amazon SES header fields"). The first is kept. */
export const onceOnly: ReadonlySet<string> = new Set([
  'accept-language',
  'acceptlanguage',
  'archived-at',
  'auto-submitted',
  'bounces-to',
  'comments',
  'content-alternative',
  'content-base',
  'content-class',
  'content-description',
  'content-disposition',
  'content-duration',
  'content-id',
  'content-language',
  'content-length',
  'content-location',
  'content-md5',
  'content-transfer-encoding',
  'content-type',
  'date',
  'delivered-to',
  'disposition-notification-options',
  'disposition-notification-to',
  'dkim-signature',
  'domainkey-signature',
  'errors-to',
  'from',
  'importance',
  'in-reply-to',
  'keywords',
  'list-archive',
  'list-help',
  'list-id',
  'list-owner',
  'list-post',
  'list-subscribe',
  'list-unsubscribe',
  'list-unsubscribe-post',
  'message-context',
  'message-id',
  'mime-version',
  'organization',
  'original-from',
  'original-message-id',
  'original-recipient',
  'original-subject',
  'precedence',
  'priority',
  'references',
  'reply-to',
  'return-path',
  'return-receipt-to',
  'sender',
  'solicitation',
  'sensitivity',
  'subject',
  'thread-index',
  'thread-topic',
  'user-agent',
  'vbr-info',
]);

const dropped: ReadonlySet<string> = new Set([
  // SES wants them verified, and writes its own Return-Path.
  'sender',
  'return-path',
  // They would show who got a blind copy.
  'bcc',
  'resent-bcc',
  // The rewriting breaks them, and SES signs anew.
  'dkim-signature',
  'domainkey-signature',
  // SES signs its own; two of them break its DKIM signature.
  'feedback-id',
  // Whom an earlier server delivered to. A right guess of the mailbox makes its server see a loop: the bounce confirms it.
  'delivered-to',
  'apparently-to',
  'envelope-to',
  'original-recipient',
  'x-delivered-to',
  'x-envelope-to',
  'x-forwarded-for',
  'x-forwarded-to',
  'x-rcpt-to',
  'x-real-to',
  // A receipt, or another report, would come from the mailbox itself.
  'bounces-to',
  'disposition-notification-options',
  'disposition-notification-to',
  'errors-to',
  'generate-delivery-report',
  'read-receipt-to',
  'return-receipt-requested',
  'return-receipt-to',
  'x-confirm-reading-to',
  'x-pmrqc',
]);

/** Fields that never leave. Every X-SES-* field is a command to SES, or its note to itself. */
export function isDropped(key: string): boolean {
  return dropped.has(key) || key.startsWith('x-ses-');
}

const replaced: ReadonlySet<string> = new Set([
  'from',
  'reply-to',
  'x-original-to',
  'x-auto-response-suppress',
]);

/** Fields of the mail in whose place only ours are sent. */
export function isReplaced(key: string): boolean {
  return replaced.has(key);
}

/** Fields that a mail is readable without. */
export function isDispensable(key: string): boolean {
  return (
    key === 'received' || key.startsWith('arc-') || (key.startsWith('x-') && key !== loopMarker.toLowerCase())
  );
}
