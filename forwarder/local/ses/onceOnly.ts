/**
 * The header fields that SES takes once in a message, in lower case:
 * https://docs.aws.amazon.com/ses/latest/dg/header-fields.html.
 */
export const onceOnly: ReadonlySet<string> = new Set(
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
