import type { BounceReport } from '../mail/bounce.ts';

/** Tells the sender of a mail, through SES, that some of its recipients did not get it. */
export interface Bouncer {
  /** Rejects with what `classify` sorts. SES takes one a second, within 24 hours of the receipt. */
  bounce(messageId: string, report: BounceReport): Promise<void>;
}
