/** What becomes of a mail after SES has taken it. */
export type Fate =
  | 'delivered'
  | 'bounced'
  | 'soft-bounced'
  | 'complained'
  | 'complained-not-spam'
  | 'out-of-office'
  | 'suppressed';

const fates: Readonly<Record<string, Fate>> = {
  success: 'delivered',
  bounce: 'bounced',
  complaint: 'complained',
  ooto: 'out-of-office',
  suppressionlist: 'suppressed',
};

/**
 * What AWS's mailbox simulator does with a mail: https://docs.aws.amazon.com/ses/latest/dg/send-an-email-from-console.html.
 * A label (`bounce+1@`) changes nothing. Undefined for an address that is not the simulator's.
 */
export function simulated(address: string): Fate | undefined {
  const [local = '', domain] = address.toLowerCase().split('@');
  return domain === 'simulator.amazonses.com' ? fates[local.split('+')[0] ?? ''] : undefined;
}
