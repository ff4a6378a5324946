import { type Milliseconds, milliseconds, plus } from '../../../../schema/src/text/time.ts';
import { nameOf } from '../../delivery/fault.ts';
import { type KeepPorts, keepEvent } from '../../delivery/keptEvents.ts';
import { hurried, paceOf } from '../../delivery/pace.ts';
import {
  carryOut,
  type Received,
  type ReceiveOptions,
  type ReceivePorts,
  record,
  TablesTooSlow,
} from '../../delivery/receive.ts';
import type { Telemetry } from '../../delivery/telemetry.ts';
import { type Disposition, type IncomingMail, readEvent } from '../../mail/event.ts';
import type { Fate } from '../../routing/route.ts';

export interface ProcessPorts extends ReceivePorts {
  readonly events: KeepPorts['events'];
  /** Resolves after this time, unless `signal` is aborted before. */
  readonly timer: (time: Milliseconds, signal: AbortSignal) => Promise<unknown>;
}

/** Of the 30 seconds that SES waits: no send begins later. */
const sendingTime = milliseconds(20_000);
/** Of the same: a mail that is not in the ledger by then has its event kept, which takes a while too. */
const recordingTime = milliseconds(15_000);

/**
 * Rule 2: takes a mail in. Where a table does not answer, or not in time, the event is kept; it throws, so that SES
 * decides, only when neither the bucket nor the ledger takes it.
 */
export function createProcess(ports: ProcessPorts, options: Omit<ReceiveOptions, 'deadline' | 'pace'>) {
  return async (event: unknown): Promise<Disposition> => {
    const mail = readEvent(event);
    const now = ports.clock();
    try {
      const recording = record(mail, event, ports, options, plus(now, recordingTime), now);
      const recorded = await inTime(recording, ports.timer);
      const pace = paceOf(ports, hurried(recorded.taken.length));
      const deadline = plus(now, sendingTime);
      const received = await carryOut(recorded, ports, { ...options, deadline, pace }, now);
      say(mail, received, ports.telemetry);
      const isOurs = received.fates.some(({ kind }) => kind !== 'unmanaged');
      return { disposition: isOurs ? 'STOP_RULE_SET' : 'STOP_RULE' };
    } catch (error) {
      await keepEvent(mail, event, ports, now);
      ports.telemetry.count('kept');
      ports.telemetry.alarm('A mail has to wait', { messageId: mail.messageId, reason: nameOf(error) });
      return { disposition: 'STOP_RULE_SET' };
    }
  };
}

/** What a record that is under way still writes is found by whoever reads the kept event, and not written twice. */
async function inTime<T>(recording: Promise<T>, timer: ProcessPorts['timer']): Promise<T> {
  const recorded = new AbortController();
  const isLate = timer(recordingTime, recorded.signal).then(() => {
    throw new TablesTooSlow();
  });
  try {
    return await Promise.race([recording, isLate]);
  } finally {
    recorded.abort();
  }
}

function say(mail: IncomingMail, received: Received, telemetry: Telemetry): void {
  const { fates, sent, due, refused, looped, isRepeat } = received;
  const number = (...kinds: readonly Fate['kind'][]) =>
    fates.filter(({ kind }) => kinds.includes(kind)).length;
  const blocked = fates.reduce((sum, fate) => sum + (fate.kind === 'routed' ? fate.blocked.length : 0), 0);
  const unknown = number('unknown', 'inactive');
  telemetry.count('bounce-noexist', unknown);
  telemetry.count('bounce-blacklisted', blocked);
  for (const fate of fates) {
    if (fate.kind !== 'dropped' && fate.kind !== 'refused') continue;
    telemetry.count('reject');
    telemetry.count(`reject-${fate.reason}`);
  }
  telemetry.say('received', {
    messageId: mail.messageId,
    recipients: fates.length,
    sent,
    due,
    refused,
    looped,
    unknown,
    blocked,
    dropped: number('dropped', 'refused', 'reserved'),
    unmanaged: number('unmanaged'),
    isRepeat,
  });
}
