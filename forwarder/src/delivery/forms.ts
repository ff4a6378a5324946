import type { Message } from '../mail/message.ts';
import { noticeWithOriginal, noticeWithoutOriginal, type Unattachable } from '../mail/notice.ts';
import { type Identity, rewrite } from '../mail/rewrite.ts';
import type { Refused } from './fault.ts';

/** A mail as something that SES may take. */
export interface Form {
  readonly kind: 'whole' | 'reduced' | 'notice' | 'bare-notice';
  readonly raw: Buffer;
  /** What the ledger says once SES took it. */
  readonly state: 'sent' | 'fallback';
  /** What the sender is told, since nobody gets the mail itself. */
  readonly answer?: 'too-large' | 'content';
}

export interface OpenMail {
  readonly message: Message;
  /** Bytes of the whole mail. */
  readonly size: number;
  /** Whether `message` has all of its body. */
  readonly isWhole: boolean;
}

export interface About {
  readonly identity: Identity;
  readonly messageId: string;
  /** Epoch seconds. */
  readonly receivedAt: number;
}

/** Seconds that the bucket keeps a mail. */
const keptTime = 7 * 86_400;

/** What to send first: the mail, or a notice of one that is too large, or was refused before. */
export function firstForm(mail: OpenMail, about: About, refused?: Unattachable): Form | undefined {
  const why = refused ?? (mail.isWhole ? undefined : 'too-large');
  if (why !== undefined) return nextForm(undefined, why, mail, about);
  return { kind: 'whole', raw: rewrite(mail.message, about.identity), state: 'sent' };
}

/**
 * What to send instead of the form that SES refused: a shorter header, a notice with the mail attached, a notice alone.
 * Undefined where there is nothing left.
 */
export function nextForm(
  refused: Form['kind'] | undefined,
  why: Refused,
  { message }: OpenMail,
  { identity, messageId, receivedAt }: About,
): Form | undefined {
  if (refused === 'bare-notice') return undefined;
  if (why === 'too-large' || why === 'attachment') {
    const until = new Date((receivedAt + keptTime) * 1_000);
    const raw = noticeWithoutOriginal(message, identity, why, { messageId, until });
    return {
      kind: 'bare-notice',
      raw,
      state: 'fallback',
      answer: why === 'too-large' ? 'too-large' : 'content',
    };
  }
  if (refused === 'notice') return undefined;
  if (why === 'header-too-long' && refused === 'whole') {
    return { kind: 'reduced', raw: rewrite(message, identity, 'reduced'), state: 'sent' };
  }
  return { kind: 'notice', raw: noticeWithOriginal(message, identity), state: 'fallback' };
}

const refusals: ReadonlySet<string> = new Set<Refused>([
  'rejected',
  'header-too-long',
  'attachment',
  'too-large',
]);

export function isRefused(outcome: string | undefined): outcome is Refused {
  return outcome !== undefined && refusals.has(outcome);
}
