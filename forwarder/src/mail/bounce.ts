import type { Language } from '../../../schema/src/messages/message.ts';
import type { Milliseconds } from '../../../schema/src/text/time.ts';
/** Why the sender of a mail is told that a recipient did not get it. */
export type BounceCause =
  /** No such alias, or an inactive one. */
  | 'unknown'
  /** Everybody behind the alias is blocked after bounces. */
  | 'blocked'
  /** The recipient's domain does not take mail like this. */
  | 'policy'
  /** Everybody behind the alias refused it. */
  | 'undeliverable'
  /** It could not be sent within a day. */
  | 'expired'
  /** Content that cannot be forwarded. */
  | 'content'
  | 'too-large';

export interface BouncedRecipient {
  /** The envelope recipient, never who is behind it. */
  readonly recipient: string;
  readonly cause: BounceCause;
}

/** What SES's SendBounce makes a delivery report of (RFC 3464). */
export interface BounceReport {
  /** For people: one line per recipient, in the group's language and in English. */
  readonly explanation: string;
  /** `dns; HOST`, the domain that took the mail (RFC 3464 2.2.2). */
  readonly reportingMta: string;
  readonly arrivalDate: Date;
  readonly recipients: readonly RecipientReport[];
}

export interface RecipientReport {
  readonly recipient: string;
  readonly action: 'failed';
  /** RFC 3463. */
  readonly status: string;
  /** `smtp; TEXT` (RFC 3464 2.3.6). */
  readonly diagnosticCode: string;
}

/**
 * The report for the sender of a mail. It knows envelope recipients alone, so that it cannot show where an alias leads.
 * Programs read its codes, which are ASCII and English (RFC 3464 2.1.2).
 */
export function bounceReport(
  refused: readonly BouncedRecipient[],
  receivedAt: Milliseconds,
  language: Language,
): BounceReport {
  const causeOf = new Map(refused.map(({ recipient, cause }) => [printable(recipient), cause]));
  const recipients = [...causeOf].map(([recipient, cause]) => reportOf(recipient, cause));
  const [first = ''] = causeOf.keys();
  const english = [...causeOf].map(([recipient, cause]) => `${recipient}: ${sentences[cause].text}`);
  const french = [...causeOf].map(([recipient, cause]) => `${recipient} : ${sentences[cause].french}`);
  return {
    explanation: (language === 'fr' ? [...french, '', ...english] : english).join('\n'),
    reportingMta: `dns; ${first.slice(first.lastIndexOf('@') + 1)}`,
    arrivalDate: new Date(receivedAt),
    recipients,
  };
}

interface Sentence {
  /** RFC 3463. */
  readonly status: string;
  readonly text: string;
  readonly french: string;
}

const sentences: Readonly<Record<BounceCause, Sentence>> = {
  unknown: {
    status: '5.1.1',
    text: 'there is no such address here.',
    french: 'cette adresse n’existe pas ici.',
  },
  blocked: {
    status: '5.2.1',
    text: 'this address cannot take mail at present.',
    french: 'cette adresse ne peut pas recevoir de courrier pour le moment.',
  },
  policy: {
    status: '5.7.1',
    text: "your domain's policy does not allow this mail to be accepted.",
    french: 'les règles de votre domaine ne permettent pas d’accepter ce message.',
  },
  undeliverable: {
    status: '5.0.0',
    text: 'the mail could not be delivered to the people behind this address.',
    french: 'le message n’a pas pu être remis aux personnes qui se trouvent derrière cette adresse.',
  },
  expired: {
    status: '4.4.7',
    text: 'the mail could not be delivered in time. You may send it again.',
    french: 'le message n’a pas pu être remis à temps. Vous pouvez l’envoyer de nouveau.',
  },
  content: {
    status: '5.6.1',
    text: 'the content or an attachment of the mail is of a kind that cannot be forwarded.',
    french: 'le contenu ou une pièce jointe du message est d’un genre qui ne peut pas être transféré.',
  },
  'too-large': {
    status: '5.3.4',
    text: 'the mail is too large to be forwarded. Send a smaller one, or a link.',
    french: 'le message est trop volumineux pour être transféré. Envoyez-en un plus petit, ou un lien.',
  },
};

export const causes = Object.keys(sentences) as readonly BounceCause[];

function reportOf(recipient: string, cause: BounceCause): RecipientReport {
  const { status, text } = sentences[cause];
  const code = status.startsWith('4') ? '450' : '550';
  return { recipient, action: 'failed', status, diagnosticCode: `smtp; ${code} ${status} ${text}` };
}

/** A report is ASCII text, and a line of it must stay one. */
function printable(recipient: string): string {
  return recipient.replace(/[^!-~]/g, '?');
}
