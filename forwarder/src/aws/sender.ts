import { type SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2';
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
