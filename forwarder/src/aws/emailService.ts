import { type SESClient, SendBounceCommand } from '@aws-sdk/client-ses';
import {
  DeleteSuppressedDestinationCommand,
  NotFoundException,
  paginateListSuppressedDestinations,
  type SESv2Client,
  SendEmailCommand,
} from '@aws-sdk/client-sesv2';
import type { Bouncer } from '../delivery/answer.ts';
import type { Sender } from '../delivery/attempt.ts';

/** SES's SendEmail with raw content: 40 MB after base64 (v1's SendRawEmail takes 10). */
export function sender(client: SESv2Client, configurationSet: string | undefined): Sender {
  return {
    async send({ from, to, raw }) {
      const { MessageId } = await client.send(
        new SendEmailCommand({
          FromEmailAddress: from,
          // Without a destination SES would mail the original To and Cc.
          Destination: { ToAddresses: [to] },
          Content: { Raw: { Data: raw } },
          ...(configurationSet === undefined ? {} : { ConfigurationSetName: configurationSet }),
        }),
      );
      return MessageId ?? '';
    },
  };
}

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
              // SES puts the type of the address before it.
              FinalRecipient: recipient,
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

export interface Suppressed {
  readonly address: string;
  readonly reason: 'bounce' | 'complaint';
  /** ISO 8601, in UTC. */
  readonly since: string;
}

export interface SuppressionList {
  /** All of it, all pages, by address. */
  list(): Promise<Suppressed[]>;
  /** False when the address was not on it. */
  remove(address: string): Promise<boolean>;
}

/** SES's list of addresses that the account's mail is not even tried for. */
export function suppressionList(client: SESv2Client): SuppressionList {
  return {
    async list() {
      const entries: Suppressed[] = [];
      for await (const page of paginateListSuppressedDestinations({ client }, {})) {
        for (const { EmailAddress = '', Reason, LastUpdateTime } of page.SuppressedDestinationSummaries ??
          []) {
          const reason = Reason === 'COMPLAINT' ? 'complaint' : 'bounce';
          entries.push({ address: EmailAddress, reason, since: LastUpdateTime?.toISOString() ?? '' });
        }
      }
      return entries.sort((a, b) => (a.address < b.address ? -1 : 1));
    },
    async remove(address) {
      try {
        await client.send(new DeleteSuppressedDestinationCommand({ EmailAddress: address }));
        return true;
      } catch (error) {
        if (error instanceof NotFoundException) return false;
        throw error;
      }
    },
  };
}
