import type { SNSEvent } from 'aws-lambda';
import { type FeedbackPorts, takeFeedback } from '../../delivery/feedback.ts';
import { readNotification } from '../../delivery/notification.ts';

/** SNS notifications of bounces and complaints. A failure is thrown: Lambda repeats, and repeats do nothing twice. */
export function createBounceOrComplaint(ports: FeedbackPorts) {
  return async (event: SNSEvent): Promise<void> => {
    for (const { Sns } of event.Records) {
      const notification = readNotification(Sns.Message);
      if (notification === undefined) ports.telemetry.say('not a bounce or complaint', {});
      else await takeFeedback(notification, ports);
    }
  };
}
