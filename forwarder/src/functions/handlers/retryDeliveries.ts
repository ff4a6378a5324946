import { type Gate, isStale } from '../../../../schema/src/records/gate.ts';
import { milliseconds, plus, type Seconds, toSeconds } from '../../../../schema/src/text/time.ts';
import { type BrakePorts, watchBounceRate } from '../../delivery/bounceRateBrake.ts';
import { nameOf } from '../../delivery/fault.ts';
import { findOrphans, measureQueue } from '../../delivery/inspection.ts';
import { type SweepPorts, sweepEvents } from '../../delivery/keptEvents.ts';
import type { ReceiveOptions } from '../../delivery/receive.ts';
import { retryDue } from '../../delivery/retry.ts';
import { eventTime } from './eventTime.ts';

export interface RetryDeliveriesPorts extends SweepPorts {
  readonly tables: SweepPorts['tables'] & {
    readonly domains: { gate(): Promise<Gate | undefined> };
  };
  readonly statistics: BrakePorts['statistics'];
  readonly brake: BrakePorts['brake'];
  readonly events: SweepPorts['events'] & Parameters<typeof findOrphans>[0];
}

interface Context {
  getRemainingTimeInMillis(): number;
}

/** What a Lambda function may take (AWS quota). */
const functionTime = 15 * 60_000;
/** Kept back for what is under way when the time is up. */
const reserve = 60_000;

/** Tries what is due, then the kept events, and counts the mails that nothing knows of. */
export function createRetryDeliveries(
  ports: RetryDeliveriesPorts,
  options: Omit<ReceiveOptions, 'deadline'> & { readonly bounceRateLimit: number },
) {
  const { telemetry, clock } = ports;
  return async (event: unknown, context?: Context): Promise<void> => {
    const now = eventTime(event, clock);
    const left = context?.getRemainingTimeInMillis() ?? functionTime;
    const until = plus(clock(), milliseconds(left - reserve));
    const time = toSeconds(now);
    await watch(ports, options.bounceRateLimit, time);
    const retried = await retryDue(ports, { ...options, now: time, until });
    const swept = await sweepEvents(ports, options, now, until);
    const orphans = await findOrphans(ports.events, ports.ledger, now);
    telemetry.count('orphan', orphans.length);
    for (const messageId of orphans) telemetry.alarm('A mail was stored and never received', { messageId });
    await measureQueue(ports.ledger, telemetry, time);
    if (isStale(await ports.tables.domains.gate(), time)) {
      telemetry.count('gate-open');
      telemetry.alarm('A sync was cut short: no change to the aliases takes effect until one ends', {});
    }
    telemetry.say('retried', { ...retried, swept, orphans: orphans.length });
  };
}

/** Without SES's numbers the brake stays as it was, and lapses in time: mail does not wait for a statistic. */
async function watch(ports: BrakePorts, limit: number, time: Seconds): Promise<void> {
  try {
    await watchBounceRate(ports, limit, time);
  } catch (error) {
    ports.telemetry.say('no send statistics', { reason: nameOf(error) });
  }
}
