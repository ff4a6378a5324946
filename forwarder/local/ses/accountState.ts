/** What GetAccount says. */
export interface AccountState {
  /** False in the sandbox. */
  readonly productionAccess: boolean;
  readonly sendingEnabled: boolean;
  readonly dailyQuota: number;
  /** Mails a second. */
  readonly sendRate: number;
  readonly suppressedReasons: readonly ('BOUNCE' | 'COMPLAINT')[];
}

/** An account as SES gives it to those who have asked to leave the sandbox. */
export const usualAccount: AccountState = {
  productionAccess: true,
  sendingEnabled: true,
  dailyQuota: 50_000,
  sendRate: 14,
  suppressedReasons: ['BOUNCE', 'COMPLAINT'],
};

/** The account's suppression list. */
export interface SuppressedDestination {
  readonly address: string;
  readonly reason: 'BOUNCE' | 'COMPLAINT';
  /** Epoch seconds. */
  readonly lastUpdate: number;
}

export interface SuppressionList {
  put(address: string, reason: SuppressedDestination['reason']): void;
  get(address: string): SuppressedDestination | undefined;
  /** Whether it was there. */
  delete(address: string): boolean;
}

export function suppressionList(): SuppressionList {
  const entries = new Map<string, SuppressedDestination>();
  return {
    put: (address, reason) =>
      void entries.set(address.toLowerCase(), { address, reason, lastUpdate: Math.floor(Date.now() / 1000) }),
    get: (address) => entries.get(address.toLowerCase()),
    delete: (address) => entries.delete(address.toLowerCase()),
  };
}

/** A receipt rule, as much of it as the local system acts on. */
export interface ReceiptRule {
  readonly Name?: string;
  readonly Enabled?: boolean;
  readonly ScanEnabled?: boolean;
  readonly Recipients?: readonly string[];
  readonly Actions?: readonly ReceiptAction[];
}

export interface ReceiptAction {
  readonly S3Action?: { readonly BucketName: string; readonly ObjectKeyPrefix?: string };
  readonly LambdaAction?: { readonly FunctionArn: string; readonly InvocationType?: string };
  readonly BounceAction?: {
    readonly Sender: string;
    readonly SmtpReplyCode: string;
    readonly StatusCode?: string;
    readonly Message: string;
  };
  readonly StopAction?: { readonly Scope: string };
}

/** The account's receipt rule sets, of which one at most is active. */
export interface RuleSets {
  list(): readonly string[];
  /** Undefined when there is none of that name. */
  rules(name: string): readonly ReceiptRule[] | undefined;
  active(): string | undefined;
  /** Displaces the one that was active, as SES does without a word; undefined makes none active. */
  activate(name: string | undefined): void;
  create(name: string, rules: readonly ReceiptRule[]): void;
}

export function ruleSets(): RuleSets {
  const sets = new Map<string, readonly ReceiptRule[]>();
  let active: string | undefined;
  return {
    list: () => [...sets.keys()],
    rules: (name) => sets.get(name),
    active: () => active,
    activate: (name) => {
      active = name;
    },
    create: (name, rules) => void sets.set(name, rules),
  };
}

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
