import { GetSendStatisticsCommand, type SESClient } from '@aws-sdk/client-ses';
import { milliseconds } from '../../../schema/src/text/time.ts';
import type { BrakePorts } from '../delivery/bounceRateBrake.ts';

/** SES's count of the account's sends and bounces in the last two weeks (v1 API alone). */
export function sendStatistics(client: SESClient): BrakePorts['statistics'] {
  return {
    async recent() {
      const { SendDataPoints = [] } = await client.send(new GetSendStatisticsCommand({}));
      return SendDataPoints.map(({ Timestamp, DeliveryAttempts = 0, Bounces = 0 }) => ({
        at: milliseconds(Timestamp?.getTime() ?? 0),
        attempts: DeliveryAttempts,
        bounces: Bounces,
      }));
    },
  };
}
