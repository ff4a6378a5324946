import { plus, type Seconds, seconds, toMilliseconds } from '../../../schema/src/text/time.ts';
import { UnsafeHeader } from '../mail/headerBytes.ts';
import type { Message } from '../mail/message.ts';
import { noticeWithOriginal, noticeWithoutOriginal, type Unattachable } from '../mail/notice.ts';
import { rewrite } from '../mail/rewrite.ts';
import type { Identity } from '../mail/sender.ts';
import { nameOf, type Refused } from './fault.ts';

/** A mail as something that SES may take. */
export interface Form {
  readonly kind: 'whole' | 'reduced' | 'notice' | 'bare-notice';
  readonly raw: Buffer;
  /** What the ledger says once SES took it. */
  readonly state: 'sent' | 'fallback';
  /** What the sender is told, since nobody gets the mail itself. */
  readonly answer?: 'too-large' | 'content';
  /** The kind of error that kept another form from being written, where it was not an unsafe header. */
  readonly fault?: string;
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
  readonly receivedAt: Seconds;
}

/** How long the bucket keeps a mail. */
const keptTime = seconds(7 * 86_400);

/** Why a form cannot go: SES refused it, its header could not be written safely, or writing it failed otherwise. */
type Why = Refused | 'unsafe-header' | 'fault';

/**
 * What to send first: the mail, or a notice of one that is too large, or was refused before. Undefined where no form of it
 * can be written.
 */
export function firstForm(mail: OpenMail, about: About, refused?: Unattachable): Form | undefined {
  const why = refused ?? (mail.isWhole ? undefined : 'too-large');
  return why === undefined ? formOf('whole', undefined, mail, about) : nextForm(undefined, why, mail, about);
}

/**
 * What to send instead of a form that cannot go: a shorter header, a notice with the mail attached, a notice alone.
 * Undefined where there is nothing left.
 */
export function nextForm(
  refused: Form['kind'] | undefined,
  why: Why,
  mail: OpenMail,
  about: About,
): Form | undefined {
  const kind = nextKind(refused, why);
  return kind === undefined ? undefined : formOf(kind, why, mail, about);
}

function nextKind(refused: Form['kind'] | undefined, why: Why): Form['kind'] | undefined {
  if (refused === 'bare-notice') return undefined;
  if (why === 'too-large' || why === 'attachment') return 'bare-notice';
  // The last that may arrive: it has nothing of the mail but who wrote what, cleaned.
  if (refused === 'notice') return 'bare-notice';
  if (refused === 'whole' && (why === 'header-too-long' || why === 'unsafe-header')) return 'reduced';
  return 'notice';
}

/** The mail in this form, or in the next one that can be written. */
function formOf(kind: Form['kind'], why: Why | undefined, mail: OpenMail, about: About): Form | undefined {
  try {
    return write(kind, why, mail, about);
  } catch (error) {
    if (error instanceof UnsafeHeader) return nextForm(kind, 'unsafe-header', mail, about);
    // Another try would fail as well: who has the mail coming is told of it now.
    const next = nextForm(kind, 'fault', mail, about);
    return next === undefined ? undefined : { fault: nameOf(error), ...next };
  }
}

function write(kind: Form['kind'], why: Why | undefined, { message }: OpenMail, about: About): Form {
  const { identity, receivedAt } = about;
  switch (kind) {
    case 'whole':
    case 'reduced':
      return { kind, raw: rewrite(message, identity, kind), state: 'sent' };
    case 'notice':
      return { kind, raw: noticeWithOriginal(message, identity), state: 'fallback' };
    case 'bare-notice': {
      const until = new Date(toMilliseconds(plus(receivedAt, keptTime)));
      const cause = why === 'too-large' || why === 'attachment' ? why : 'header';
      const raw = noticeWithoutOriginal(message, identity, cause, until);
      return { kind, raw, state: 'fallback', answer: cause === 'too-large' ? cause : 'content' };
    }
  }
}
