import { type SESClient, SendBounceCommand } from '@aws-sdk/client-ses';
import type { Bouncer } from '../delivery/answer.ts';

/** SES's SendBounce, which the v1 API alone has. `from` is at a verified domain. */
export function bouncer(client: SESClient, from: string): Bouncer {
  return {
    async bounce(messageId, { explanation, reportingMta, arrivalDate, recipients }) {
      await client.send(
        new SendBounceCommand({
          OriginalMessageId: messageId,
          BounceSender: from,
          Explanation: explanation,
          MessageDsn: { ReportingMta: reportingMta, ArrivalDate: arrivalDate },
          BouncedRecipientInfoList: recipients.map(({ recipient, action, status, diagnosticCode }) => ({
            Recipient: recipient,
            RecipientDsnFields: {
              FinalRecipient: `rfc822; ${recipient}`,
              Action: action,
              Status: status,
              DiagnosticCode: diagnosticCode,
            },
          })),
        }),
      );
    },
  };
}
