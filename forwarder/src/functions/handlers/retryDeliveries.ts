import type { ReceiveOptions } from '../../delivery/receive.ts';
import { type RetryPorts, retryDue } from '../../delivery/retry.ts';
import { findOrphans, type SweepPorts, sweepEvents } from '../../delivery/sweep.ts';
import { eventTime } from '../eventTime.ts';

export interface RetryDeliveriesPorts extends RetryPorts, SweepPorts {
  readonly events: SweepPorts['events'] & Parameters<typeof findOrphans>[0];
}

interface Context {
  getRemainingTimeInMillis(): number;
}

/** Milliseconds a Lambda function may take. */
const functionTime = 15 * 60_000;
/** Milliseconds kept back for what is under way when the time is up. */
const reserve = 60_000;

/** What is due, then the kept events, then the mails that nothing knows of. */
export function createRetryDeliveries(
  ports: RetryDeliveriesPorts,
  options: Omit<ReceiveOptions, 'deadline'>,
) {
  const { telemetry, clock } = ports;
  return async (event: unknown, context?: Context): Promise<void> => {
    const now = eventTime(event, clock);
    const until = clock() + (context?.getRemainingTimeInMillis() ?? functionTime) - reserve;
    const retried = await retryDue(ports, { ...options, now: Math.floor(now / 1_000), until });
    const swept = await sweepEvents(ports, options, now, until);
    const orphans = await findOrphans(ports.events, ports.ledger, now);
    telemetry.count('orphan', orphans.length);
    for (const messageId of orphans) telemetry.alarm('A mail was stored and never received', { messageId });
    telemetry.say('retried', { ...retried, swept, orphans: orphans.length });
  };
}
