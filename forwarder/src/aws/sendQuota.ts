import { GetSendQuotaCommand, type SESClient } from '@aws-sdk/client-ses';
import type { SendQuota } from '../delivery/pace.ts';

/** What SES lets the account send; it answers once a second. */
export function sendQuota(client: SESClient): { read(): Promise<SendQuota | undefined> } {
  return {
    async read() {
      const {
        MaxSendRate,
        Max24HourSend,
        SentLast24Hours = 0,
      } = await client.send(new GetSendQuotaCommand({}));
      if (MaxSendRate === undefined || Max24HourSend === undefined) return undefined;
      return { rate: MaxSendRate, daily: Max24HourSend, sent: SentLast24Hours };
    },
  };
}
