import { headerBlock } from '../ses/headerBlock.ts';
import type { ReceivedMails } from '../ses/receivedMails.ts';
import type { Place } from '../template/names.ts';
import { accept, type Handover } from './inboundMail.ts';
import { type Receipt, walkRules } from './receipt.ts';

/** Takes mail over from the door and walks it through the rules. */
export interface Intake {
  take(handover: Handover): void;
  /** Resolves when every mail taken has been through the rules. */
  idle(): Promise<void>;
}

export function startIntake(
  receipt: Receipt,
  received: ReceivedMails,
  place: Place,
  log: (line: string) => void,
): Intake {
  const walking = new Set<Promise<void>>();
  return {
    take: (handover) => {
      const mail = accept(handover, place);
      const { messageId, source, receivedAt, raw } = mail;
      received.add({ messageId, source, receivedAt, header: raw.subarray(0, headerBlock(raw).bodyStart) });
      const walk = walkRules(receipt, mail)
        .catch((error: unknown) => log(`${messageId}: ${String(error)}`))
        .finally(() => walking.delete(walk));
      walking.add(walk);
    },
    idle: async () => {
      while (walking.size > 0) await Promise.all(walking);
    },
  };
}
