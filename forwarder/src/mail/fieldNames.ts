/** The field that says for which alias we have forwarded a mail, added each time. */
export const loopMarker = 'X-Aliasops-Forwarded';

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
]);

/** Fields that are not forwarded. Every X-SES-* field is a command to SES, or its note to itself. */
export function isDropped(key: string): boolean {
  return dropped.has(key) || key.startsWith('x-ses-');
}

/** Fields that a mail is readable without. */
export function isDispensable(key: string): boolean {
  return (
    key === 'received' || key.startsWith('arc-') || (key.startsWith('x-') && key !== loopMarker.toLowerCase())
  );
}
