import type { Cures } from './cures.ts';
import { type AlarmAddress, type Check, finding } from './findings.ts';

/** Somebody is told of alarms. */
export const toldOfAlarms: Check = ({ alarmAddress, names, cures }) => [
  finding(
    'alarm-address',
    names.alarmTopic,
    '`alarmAddress` is told of alarms',
    alarmAddress === 'confirmed' ? undefined : { level: 'warning', ...addressFaults(cures)[alarmAddress] },
  ),
];

/** There is something to raise alarms. */
export const metrics: Check = ({ hasMetrics, names }) => [
  finding(
    'metrics',
    names.stack,
    'CloudWatch gets the metrics of the functions',
    hasMetrics
      ? undefined
      : {
          level: 'warning',
          message:
            'CloudWatch has had no metric of the functions for three hours: no alarm about mail can go off',
          fix: `look again a quarter of an hour after the first deploy; later, the log of the function retryDeliveries says why there is none`,
        },
  ),
];

function addressFaults({
  deploy,
  setup,
}: Cures): Record<Exclude<AlarmAddress, 'confirmed'>, { readonly message: string; readonly fix: string }> {
  return {
    pending: {
      message: 'pending: nobody has confirmed the subscription of `alarmAddress`, so it is told of no alarm',
      fix: `open the link in the mail "AWS Notification - Subscription Confirmation" that it got; it is valid for two days, after which ${setup} has AWS send another`,
    },
    'not-asked': {
      message: '`alarmAddress` is not subscribed, or nobody confirmed it in time: it is told of no alarm',
      fix: `${setup} has AWS send it a mail with a link to confirm`,
    },
    'no-topic': { message: 'the topic of the alarms is missing: nobody is told of them', fix: deploy },
  };
}
