import { topicArn } from '../arns.ts';
import { type Check, finding } from '../finding.ts';

const fix = 'npm run forwarder -- setup';

/** Bounces and complaints come to our topics, and not as mail. */
export const feedback: Check = ({ domains, names, place }) =>
  domains.flatMap(({ domain, identity }) => {
    if (identity === undefined) return [];
    const topics = [
      ['bounce-topic', 'bounces', identity.bounceTopic, names.bounceTopic],
      ['complaint-topic', 'complaints', identity.complaintTopic, names.complaintTopic],
    ] as const;
    return [
      ...topics.map(([check, what, arn, name]) =>
        finding(
          check,
          domain,
          `${what} are reported to ${name}`,
          arn === topicArn(place, name)
            ? undefined
            : {
                level: 'error',
                message: `${what} are reported ${arn === undefined ? 'to no topic' : `to ${arn}`}: dead addresses go on getting mail`,
                fix,
              },
        ),
      ),
      finding(
        'feedback-forwarding',
        domain,
        'bounces do not come back as mail',
        identity.feedbackForwarding
          ? {
              level: 'error',
              message: 'feedback forwarding is on: bounces come back to an alias, as mail',
              fix,
            }
          : undefined,
      ),
    ];
  });
