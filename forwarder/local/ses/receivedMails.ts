/** A mail that SES has received, as far as it can be bounced. */
interface ReceivedMail {
  readonly messageId: string;
  /** The envelope sender, '' when null. */
  readonly source: string;
  readonly receivedAt: Date;
  readonly header: Buffer;
}

/** Why a mail cannot be bounced: its id is unknown, it is older than a day, or it has no sender to tell. */
export type NotBounceable = 'unknown' | 'too-old' | 'null-sender';

export interface ReceivedMails {
  add(mail: ReceivedMail): void;
  /** A mail is bounceable for 24 hours: https://docs.aws.amazon.com/ses/latest/APIReference/API_SendBounce.html. */
  bounceable(messageId: string, now: Date): ReceivedMail | NotBounceable;
}

const dayMs = 86_400_000;

export function receivedMails(): ReceivedMails {
  const mails = new Map<string, ReceivedMail>();
  return {
    add: (mail) => void mails.set(mail.messageId, mail),
    bounceable: (messageId, now) => {
      const mail = mails.get(messageId);
      if (!mail) return 'unknown';
      if (now.getTime() - mail.receivedAt.getTime() > dayMs) return 'too-old';
      return mail.source === '' ? 'null-sender' : mail;
    },
  };
}
