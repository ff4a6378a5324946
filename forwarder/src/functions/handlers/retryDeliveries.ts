import { randomUUID } from 'node:crypto';
import { type Gate, isStale } from '../../../../schema/src/records/gate.ts';
import {
  type Milliseconds,
  milliseconds,
  plus,
  type Seconds,
  toSeconds,
} from '../../../../schema/src/text/time.ts';
import { type BrakePorts, watchBounceRate } from '../../delivery/bounceRateBrake.ts';
import { nameOf } from '../../delivery/fault.ts';
import { measureQueue } from '../../delivery/inspection.ts';
import { type SweepPorts, sweepEvents } from '../../delivery/keptEvents.ts';
import { lookForOrphans, type OrphanWatch } from '../../delivery/orphans.ts';
import { crowded, paceOf, type SendQuota } from '../../delivery/pace.ts';
import { type QueueLease, underQueueLease } from '../../delivery/queueLease.ts';
import type { ReceiveOptions } from '../../delivery/receive.ts';
import { retryDue } from '../../delivery/retry.ts';
import { inParallel } from '../../routing/inParallel.ts';
import { eventTime } from './eventTime.ts';

export interface RetryDeliveriesPorts extends SweepPorts {
  readonly tables: SweepPorts['tables'] & {
    readonly domains: { gate(): Promise<Gate | undefined> };
  };
  readonly statistics: BrakePorts['statistics'];
  readonly brake: BrakePorts['brake'];
  readonly quota: { read(): Promise<SendQuota | undefined> };
  readonly lease: QueueLease;
  readonly orphans: {
    read(): Promise<OrphanWatch | undefined>;
    write(watch: OrphanWatch): Promise<void>;
  };
  readonly events: SweepPorts['events'] & Parameters<typeof lookForOrphans>[0]['events'];
}

interface Context {
  readonly awsRequestId?: string;
  getRemainingTimeInMillis(): number;
}

/** What a Lambda function may take (AWS quota). */
const functionTime = 15 * 60_000;
/** Kept back for what is under way when the time is up. */
const reserve = 60_000;
/** Of that, for the mails that nothing knows of: the rest waits for the next time. */
const lookingTime = milliseconds(20_000);

/** The event of an invocation that somebody asked for, because there is work in the queue. */
export const wakeEvent = { wants: 'queue' } as const;

type Options = Omit<ReceiveOptions, 'deadline' | 'pace'> & { readonly bounceRateLimit: number };

/**
 * Takes in the kept events and works off what is due, one invocation at a time. One that the schedule asked for also
 * looks at the account and the queue, and counts the mails that nothing knows of.
 */
export function createRetryDeliveries(ports: RetryDeliveriesPorts, options: Options) {
  const { clock } = ports;
  return async (event: unknown, context?: Context): Promise<void> => {
    const now = eventTime(event, clock);
    const left = context?.getRemainingTimeInMillis() ?? functionTime;
    const until = plus(clock(), milliseconds(left - reserve));
    const work = () => workOff(ports, options, toSeconds(now), until, context?.awsRequestId ?? randomUUID());
    if (asksForQueue(event)) return work();
    await watch(ports, options.bounceRateLimit, toSeconds(now));
    const steps = [
      // First, so that the figures are there whatever becomes of the rest.
      () => measureQueue(ports.ledger, ports.telemetry, toSeconds(now)),
      work,
      () => countOrphans(ports, now),
      () => tellOfGate(ports, toSeconds(now)),
    ];
    // One after the other, also where one fails.
    await inParallel(steps, 1, (step) => step());
  };
}

function asksForQueue(event: unknown): boolean {
  return typeof event === 'object' && event !== null && 'wants' in event && event.wants === wakeEvent.wants;
}

async function workOff(
  ports: RetryDeliveriesPorts,
  options: Options,
  now: Seconds,
  until: Milliseconds,
  holder: string,
): Promise<void> {
  const { telemetry, clock, lease } = ports;
  const worked = await underQueueLease(
    lease,
    holder,
    () => toSeconds(clock()),
    async (keep) => {
      const { rate, pace } = await paceOfAccount(ports);
      const swept = pace.isStopped ? 0 : await sweepEvents(ports, { ...options, pace }, until, keep);
      const retried = await retryDue(ports, { ...options, now, until, rate, pace, keep });
      telemetry.say('retried', { ...retried, swept });
    },
  );
  // Time is up, and there is more: the next one goes on at once.
  if (worked === 'worked' && clock() >= until) await ports.queue.wake();
}

/** A new account's, as SES's numbers could not be read: refusals slow it down. */
const usualRate = 14;

async function paceOfAccount(ports: RetryDeliveriesPorts) {
  const quota = await readQuota(ports);
  const rate = quota?.rate ?? usualRate;
  const pace = paceOf(ports, crowded(rate));
  if (quota !== undefined && quota.daily >= 0 && quota.sent >= quota.daily) {
    pace.stop();
    ports.telemetry.count('account-fault');
    ports.telemetry.alarm("The day's sending quota is used up: mail waits until there is room again", {
      daily: quota.daily,
    });
  }
  return { rate, pace };
}

async function readQuota({ quota, telemetry }: RetryDeliveriesPorts): Promise<SendQuota | undefined> {
  try {
    return await quota.read();
  } catch (error) {
    telemetry.say('no sending quota', { reason: nameOf(error) });
    return undefined;
  }
}

async function countOrphans(ports: RetryDeliveriesPorts, now: Milliseconds): Promise<void> {
  const { telemetry, clock } = ports;
  const watch = await lookForOrphans(ports, await ports.orphans.read(), now, plus(clock(), lookingTime));
  telemetry.count('orphan', watch.orphans.length);
  for (const { messageId } of watch.orphans)
    telemetry.alarm('A mail was stored and never received', { messageId });
  await ports.orphans.write(watch);
}

async function tellOfGate({ tables, telemetry }: RetryDeliveriesPorts, now: Seconds): Promise<void> {
  if (!isStale(await tables.domains.gate(), now)) return;
  telemetry.count('gate-open');
  telemetry.alarm('A sync was cut short: no change to the aliases takes effect until one ends', {});
}

/** Without SES's numbers the brake stays as it was, and lapses in time: mail does not wait for a statistic. */
async function watch(ports: BrakePorts, limit: number, time: Seconds): Promise<void> {
  try {
    await watchBounceRate(ports, limit, time);
  } catch (error) {
    ports.telemetry.say('no send statistics', { reason: nameOf(error) });
  }
}
